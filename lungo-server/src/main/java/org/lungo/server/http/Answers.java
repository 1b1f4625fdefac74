package org.lungo.server.http;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.serving.Form;
import org.lungo.server.registry.ServedModel;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers as JSON, for people and in the Open Inference Protocol. */
final class Answers {
    private static final JsonMapper JSON = new JsonMapper();

    private Answers() {}

    /** {@code {"predictions": [{"label": "yes", "probability": 0.83, "probabilities": {...}}]}}. */
    static byte[] predictions(List<Map<String, Object>> answers) {
        return JSON.writeValueAsBytes(Map.of("predictions", answers));
    }

    /** The answer to {@code request}, in tensors. */
    static byte[] infer(InferRequest request, ServedModel model, List<Map<String, Object>> answers) {
        List<Form.Column> outputs = wanted(request, model.answerer().form().outputs());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringProperty("model_name", model.id().name());
            json.writeStringProperty(
                    "model_version", Integer.toString(model.id().version()));
            if (request.id() != null) {
                json.writeStringProperty("id", request.id());
            }
            json.writeArrayPropertyStart("outputs");
            outputs.forEach(output -> output(json, output, answers));
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static List<Form.Column> wanted(InferRequest request, List<Form.Column> all) {
        if (request.outputs().isEmpty()) {
            return all;
        }
        List<Form.Column> wanted = new ArrayList<>();
        for (String name : request.outputs()) {
            wanted.add(all.stream()
                    .filter(output -> output.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> HttpFailure.badRequest("unknown output '" + name + "'. Outputs: "
                            + all.stream().map(Form.Column::name).sorted().toList())));
        }
        return wanted;
    }

    private static void output(JsonGenerator json, Form.Column output, List<Map<String, Object>> answers) {
        json.writeStartObject();
        json.writeStringProperty("name", output.name());
        json.writeStringProperty("datatype", output.datatype());
        json.writeArrayPropertyStart("shape");
        output.shape().forEach(size -> json.writeNumber(size < 0 ? answers.size() : size));
        json.writeEndArray();
        json.writeArrayPropertyStart("data");
        answers.forEach(answer -> values(json, output, answer.get(output.name())));
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Tensors are flat; what is no number or text, such as a list of labels, is a text of JSON. */
    private static void values(JsonGenerator json, Form.Column output, @Nullable Object value) {
        if (value instanceof float[] numbers) {
            for (float number : numbers) {
                json.writeNumber(number);
            }
        } else if (value instanceof Map<?, ?> named && !output.classes().isEmpty()) {
            output.classes().forEach(name -> json.writePOJO(named.get(name)));
        } else if (value instanceof String || value instanceof Number) {
            json.writePOJO(value);
        } else {
            json.writeString(JSON.writeValueAsString(value));
        }
    }
}
