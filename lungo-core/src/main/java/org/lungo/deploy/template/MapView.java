package org.lungo.deploy.template;

import java.util.List;

/**
 * What {@code keys()}, {@code values()} and {@code items()} of a map give: it has a length but no places.
 *
 * @param name {@code dict_keys}, {@code dict_values} or {@code dict_items}, as Python prints it
 */
record MapView(String name, List<Object> items) {}
