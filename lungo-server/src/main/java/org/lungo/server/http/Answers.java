package org.lungo.server.http;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Kind;
import org.lungo.data.Task;
import org.lungo.family.tables.Prediction;
import org.lungo.family.tables.Predictor;
import org.lungo.server.registry.ServedModel;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes scores as JSON, for people and in the Open Inference Protocol. */
final class Answers {
    private static final JsonFactory JSON = new JsonFactory();

    private Answers() {}

    /** {@code {"predictions": [{"label": "yes", "probability": 0.83, "probabilities": {...}}]}}. */
    static byte[] predictions(Predictor predictor, double[][] scores) {
        return write(json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("predictions");
            for (double[] row : scores) {
                write(json, predictor.prediction(row));
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, Prediction prediction) {
        json.writeStartObject();
        if (prediction.value() != null) {
            json.writeNumberProperty("value", prediction.value());
        }
        if (prediction.label() != null && prediction.probability() != null) {
            json.writeStringProperty("label", prediction.label());
            json.writeNumberProperty("probability", prediction.probability());
        }
        if (prediction.labels() != null) {
            json.writeArrayPropertyStart("labels");
            prediction.labels().forEach(json::writeString);
            json.writeEndArray();
        }
        if (!prediction.probabilities().isEmpty()) {
            json.writeObjectPropertyStart("probabilities");
            prediction.probabilities().forEach(json::writeNumberProperty);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** A tensor that a model takes or gives; a size of -1 is free. */
    record Description(String name, String datatype, List<Integer> shape) {}

    /** What a model takes. */
    static List<Description> inputs(Predictor predictor) {
        return predictor.features().fields().stream()
                .map(field ->
                        new Description(field.name(), field.kind() == Kind.NUMBER ? "FP64" : "BYTES", List.of(-1)))
                .toList();
    }

    /** What a model gives. */
    static List<Description> outputs(Predictor predictor) {
        Task task = predictor.target().task();
        if (task == Task.REGRESSION) {
            return List.of(new Description("value", "FP64", List.of(-1)));
        }
        List<Description> outputs = new ArrayList<>();
        if (task != Task.MULTILABEL) {
            outputs.add(new Description("label", "BYTES", List.of(-1)));
        }
        outputs.add(new Description(
                "probabilities",
                "FP64",
                List.of(-1, predictor.target().classes().size())));
        return outputs;
    }

    /** The answer to {@code request}. */
    static byte[] infer(InferRequest request, ServedModel model, double[][] scores) {
        Predictor predictor = model.tables().predictor();
        Map<String, Description> known = new TreeMap<>();
        outputs(predictor).forEach(output -> known.put(output.name(), output));
        List<String> wanted = request.outputs().isEmpty()
                ? outputs(predictor).stream().map(Description::name).toList()
                : request.outputs();
        for (String name : wanted) {
            if (!known.containsKey(name)) {
                throw HttpFailure.badRequest("unknown output '" + name + "'. Outputs: " + known.keySet());
            }
        }
        return write(json -> {
            json.writeStartObject();
            json.writeStringProperty("model_name", model.id().name());
            json.writeStringProperty(
                    "model_version", Integer.toString(model.id().version()));
            if (request.id() != null) {
                json.writeStringProperty("id", request.id());
            }
            json.writeArrayPropertyStart("outputs");
            for (String name : wanted) {
                @Nullable Description output = known.get(name);
                if (output != null) {
                    output(json, output, predictor, scores);
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void output(JsonGenerator json, Description output, Predictor predictor, double[][] scores) {
        json.writeStartObject();
        json.writeStringProperty("name", output.name());
        json.writeStringProperty("datatype", output.datatype());
        json.writeArrayPropertyStart("shape");
        output.shape().forEach(size -> json.writeNumber(size < 0 ? scores.length : size));
        json.writeEndArray();
        json.writeArrayPropertyStart("data");
        for (double[] row : scores) {
            if (output.name().equals("label")) {
                json.writeString(
                        predictor.target().classes().get(predictor.target().decide(row)));
            } else {
                for (double value : row) {
                    json.writeNumber(value);
                }
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private interface Writing {
        void to(JsonGenerator json);
    }

    private static byte[] write(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            writing.to(json);
        }
        return bytes.toByteArray();
    }
}
