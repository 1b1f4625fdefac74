package org.lungo.family.tables.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.List;
import org.lungo.data.Task;
import org.lungo.preprocess.FittedTarget;
import org.lungo.preprocess.Label;

/** From raw outputs to the outputs of the file: as {@link org.lungo.model.Answers} and {@link FittedTarget} do. */
record AnswerGraph(Graph graph, FittedTarget target, List<OnnxDescription.Output> outputs) {
    static final String PROBABILITIES = "probabilities";
    static final String VALUE = "value";
    static final String LABEL = "label";

    private static final String BATCH = "batch";

    AnswerGraph(Graph graph, FittedTarget target) {
        this(graph, target, new ArrayList<>());
    }

    /** Declares the outputs for {@code logits}: FLOAT [members, rows, outputs], or [rows, outputs] for one member. */
    void answer(String logits, int members) {
        switch (target.task()) {
            case BINARY -> binary(mean(graph.node("Sigmoid", logits), members));
            case MULTICLASS ->
                multiclass(mean(graph.node("Softmax", List.of(Attributes.of("axis", -1)), logits), members));
            case MULTILABEL -> multilabel(mean(graph.node("Sigmoid", logits), members));
            case REGRESSION -> value(mean(logits, members));
        }
    }

    private String mean(String answers, int members) {
        return members == 1
                ? answers
                : graph.node(
                        "ReduceMean",
                        List.of(Attributes.of("keepdims", 0)),
                        answers,
                        graph.longs(new long[] {0}, 1)); // [rows, outputs]
    }

    private void binary(String second) {
        String first = graph.node("Sub", graph.floats(new float[] {1}), second); // [rows, 1]
        probabilities(graph.concat(List.of(first, second)));
        String index = graph.cast(DataType.INT64, has(second)); // [rows, 1]
        label(graph.node("Squeeze", index, graph.longs(new long[] {1}, 1)));
    }

    private void multiclass(String probabilities) {
        probabilities(probabilities);
        label(graph.node("ArgMax", List.of(Attributes.of("axis", 1), Attributes.of("keepdims", 0)), probabilities));
    }

    private void multilabel(String probabilities) {
        probabilities(probabilities);
        List<Label> labels = target.labels();
        int width = labels.size();
        String yes = graph.texts(labels.stream().map(Label::yes).toList(), 1, width);
        String no = graph.texts(labels.stream().map(Label::no).toList(), 1, width);
        String words = graph.node("Where", has(probabilities), yes, no); // [rows, labels]
        graph.output(LABEL, words, DataType.STRING, width);
        outputs.add(new OnnxDescription.Output(
                LABEL, "string", List.of(BATCH, width), "for each label the value that its column would have"));
    }

    /** {@code index}: INT64 [rows]. */
    private void label(String index) {
        List<String> classes = target.classes();
        graph.output(LABEL, graph.node("Gather", graph.texts(classes, classes.size()), index), DataType.STRING);
        String rule = target.task() == Task.BINARY ? "by the threshold" : "the likeliest";
        outputs.add(new OnnxDescription.Output(LABEL, "string", List.of(BATCH), "the class, " + rule));
    }

    private String has(String probability) {
        String exact = graph.cast(DataType.DOUBLE, probability);
        return graph.node("GreaterOrEqual", exact, graph.number(target.threshold()));
    }

    private void probabilities(String value) {
        int width = target.classes().size();
        graph.output(PROBABILITIES, value, DataType.FLOAT, width);
        String each = target.task() == Task.MULTILABEL ? "label" : "class";
        outputs.add(new OnnxDescription.Output(
                PROBABILITIES, "float", List.of(BATCH, width), "the probability of each " + each));
    }

    private void value(String output) {
        String scaled = graph.node("Mul", graph.cast(DataType.DOUBLE, output), graph.number(target.deviation()));
        graph.output(VALUE, graph.node("Add", scaled, graph.number(target.mean())), DataType.DOUBLE, 1);
        outputs.add(
                new OnnxDescription.Output(VALUE, "double", List.of(BATCH, 1), "the number, in the target's own unit"));
    }
}
