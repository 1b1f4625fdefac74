package org.lungo.server.openai;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lungo.server.registry.Models;
import org.lungo.server.registry.ServedModel;

/** The models of a server, those that are no language models too. */
final class ModelList {
    private ModelList() {}

    /** {@code {"object": "list", "data": [{"id": "credit", "object": "model", "created": 1767225600, ...}]}}. */
    static Map<String, Object> of(Models models) {
        List<Map<String, Object>> data = new ArrayList<>();
        for (ServedModel model : models.all()) {
            if (models.isCurrent(model)) {
                data.add(Map.of(
                        "id",
                        model.id().name(),
                        "object",
                        "model",
                        "created",
                        model.loaded().getEpochSecond(),
                        "owned_by",
                        "lungo"));
            }
        }
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("object", "list");
        list.put("data", data);
        return list;
    }
}
