package org.lungo.deploy.template;

import java.util.List;

/** Python's tuple; unlike a list it prints with round brackets, and is never equal to one. */
record TupleValue(List<Object> items) {
    static TupleValue of(Object... items) {
        return new TupleValue(List.of(items));
    }
}
