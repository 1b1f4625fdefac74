package org.lungo.cli;

import java.util.Iterator;
import org.lungo.deploy.serving.Family;
import org.lungo.family.Families;

/** The names of all families, for help and for shells that complete words. */
final class FamilyNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return Families.all().stream().map(Family::name).iterator();
    }
}
