package org.lungo.server.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Suggestion;
import org.lungo.deploy.serving.Form;

/**
 * A request of the Open Inference Protocol v2: a tensor for each column, of shape [rows] or [rows, 1].
 *
 * @param id to be sent back, or null
 * @param columns by name
 * @param outputs the wanted ones; empty for all
 */
record InferRequest(@Nullable String id, Map<String, List<@Nullable Object>> columns, List<String> outputs) {
    /**
     * Reads a request.
     *
     * @param binary what stands behind its JSON
     * @throws HttpFailure 400 naming the input that is wrong
     */
    static InferRequest read(Map<String, @Nullable Object> body, BinaryTensors binary, Limits limits) {
        if (!(body.get("inputs") instanceof List<?> inputs) || inputs.isEmpty()) {
            throw HttpFailure.badRequest("inputs must be a list with a tensor for each column. Received: "
                    + StrictJson.kind(body.get("inputs")));
        }
        for (String name : body.keySet()) {
            if (!List.of("id", "parameters", "inputs", "outputs").contains(name)) {
                throw HttpFailure.badRequest(
                        "unknown field '" + name + "'; expected id, parameters, inputs and outputs");
            }
        }
        Map<String, List<@Nullable Object>> columns = new LinkedHashMap<>();
        for (Object input : inputs) {
            Map<?, ?> tensor = object("inputs", input);
            String name = text("input", tensor.get("name"));
            if (columns.put(name, column(name, tensor, binary, limits)) != null) {
                throw HttpFailure.badRequest("input '" + name + "' is given twice");
            }
        }
        binary.requireEnd();
        List<String> outputs = new ArrayList<>();
        Object wanted = body.get("outputs");
        require(wanted == null || wanted instanceof List, "outputs must be a list", wanted);
        if (wanted instanceof List<?> list) {
            list.forEach(output ->
                    outputs.add(text("output", object("outputs", output).get("name"))));
        }
        requireObject("parameters", body.get("parameters"));
        Object id = body.get("id");
        require(id == null || id instanceof String, "id must be a text", id);
        return new InferRequest((String) id, columns, outputs);
    }

    private static void requireObject(String what, @Nullable Object value) {
        require(value == null || value instanceof Map, what + " must be an object", value);
    }

    private static void require(boolean holds, String expected, @Nullable Object value) {
        if (!holds) {
            throw HttpFailure.badRequest(expected + ". Received: " + StrictJson.kind(value));
        }
    }

    private static List<@Nullable Object> column(String name, Map<?, ?> tensor, BinaryTensors binary, Limits limits) {
        Datatype type = Datatype.of(name, tensor.get("datatype"));
        requireObject("input '" + name + "': parameters", tensor.get("parameters"));
        long rows = rows(name, tensor.get("shape"));
        if (rows > limits.rows()) {
            throw HttpFailure.badRequest("a request may hold " + limits.rows() + " rows at most. Received: " + rows);
        }
        List<@Nullable Object> flat = values(name, tensor, type, rows, binary);
        if (rows != flat.size()) {
            throw HttpFailure.badRequest(
                    "input '" + name + "': the shape asks for " + rows + " values. Received: " + flat.size());
        }
        for (int row = 0; row < flat.size(); row++) {
            if (!type.fits(flat.get(row))) {
                throw HttpFailure.badRequest("input '" + name + "': value " + (row + 1) + " must be " + type
                        + ". Received: " + shown(flat.get(row)));
            }
        }
        return flat;
    }

    private static List<@Nullable Object> values(
            String name, Map<?, ?> tensor, Datatype type, long rows, BinaryTensors binary) {
        if (tensor.get("parameters") instanceof Map<?, ?> parameters && parameters.containsKey("binary_data_size")) {
            return binary.next(name, type, parameters.get("binary_data_size"), rows);
        }
        if (!(tensor.get("data") instanceof List<?> data)) {
            throw HttpFailure.badRequest(
                    "input '" + name + "': data must be a list. Received: " + StrictJson.kind(tensor.get("data")));
        }
        List<@Nullable Object> flat = new ArrayList<>();
        flatten(data, flat);
        return flat;
    }

    private static void flatten(List<?> data, List<@Nullable Object> flat) {
        for (Object value : data) {
            if (value instanceof List<?> inner) {
                flatten(inner, flat);
            } else {
                flat.add(value);
            }
        }
    }

    private static long rows(String name, @Nullable Object shape) {
        if (shape instanceof List<?> sizes
                && !sizes.isEmpty()
                && sizes.size() <= 2
                && sizes.stream().allMatch(size -> size instanceof Long l && l > 0)
                && (sizes.size() == 1 || sizes.get(1).equals(1L))) {
            return (Long) sizes.get(0);
        }
        throw HttpFailure.badRequest("input '" + name + "': shape must be [rows] or [rows, 1] with one row or more."
                + " Received: " + shown(shape));
    }

    private static String shown(@Nullable Object value) {
        String text = value instanceof Map ? "an object" : String.valueOf(value);
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }

    private static Map<?, ?> object(String list, @Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            return object;
        }
        throw HttpFailure.badRequest(list + " must hold objects. Received: " + StrictJson.kind(value));
    }

    private static String text(String what, @Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw HttpFailure.badRequest("the name of an " + what + " must be a text. Received: " + StrictJson.kind(value));
    }

    /**
     * The instances that the columns hold.
     *
     * @param form what a model takes, and what it ignores
     * @throws HttpFailure 400 when one is missing, unknown, or of another length
     */
    List<@Nullable Object> instances(Form form) {
        List<String> names = form.inputs().stream().map(Form.Column::name).toList();
        int rows = columns.values().iterator().next().size();
        columns.forEach((name, values) -> {
            if (!names.contains(name) && !form.ignored().contains(name)) {
                throw HttpFailure.badRequest("unknown input '" + name + "'" + Suggestion.sentence(name, names)
                        + " Inputs: " + String.join(", ", names));
            }
            if (values.size() != rows) {
                throw HttpFailure.badRequest("all inputs must have equally many rows. Received: " + rows + " and "
                        + values.size() + " ('" + name + "')");
            }
        });
        List<Map<String, @Nullable Object>> instances = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            instances.add(new LinkedHashMap<>());
        }
        for (String name : names) {
            List<@Nullable Object> values = columns.get(name);
            if (values == null) {
                throw HttpFailure.badRequest(
                        "input '" + name + "' is missing; send null for values that are not known");
            }
            for (int row = 0; row < rows; row++) {
                instances.get(row).put(name, values.get(row));
            }
        }
        return new ArrayList<>(instances);
    }
}
