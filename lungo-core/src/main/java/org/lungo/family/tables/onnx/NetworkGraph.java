package org.lungo.family.tables.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.lungo.model.CategoryEmbedding;
import org.lungo.model.DenseBlock;
import org.lungo.model.EnsembleLinear;
import org.lungo.model.MemberLinear;
import org.lungo.model.Mlp;
import org.lungo.nn.Activation;
import org.lungo.nn.BatchNorm;
import org.lungo.nn.Layer;
import org.lungo.nn.LayerNorm;
import org.lungo.nn.Linear;
import org.lungo.nn.Parameter;

/** The layers of a model as operators, outside training: dropout does nothing. */
record NetworkGraph(Graph graph, Product product) {
    /**
     * The raw outputs of a model.
     *
     * @return FLOAT [members, rows, outputs], or [rows, outputs] for one member
     */
    String logits(Mlp model, TableGraph inputs) {
        String numbers = inputs.numbers(); // FLOAT [rows, numbers], or null
        String categories = inputs.categories(); // INT64 [rows, categories], or null
        List<String> parts = new ArrayList<>();
        if (numbers != null) {
            parts.add(numbers);
        }
        if (model.embedding() != null && categories != null) {
            parts.add(embedded(model.embedding(), categories));
        }
        String x = graph.concat(parts); // [rows, in]
        for (Layer block : model.blocks()) {
            x = layer(block, x); // [members, rows, hidden]
        }
        return layer(model.head(), x); // [members, rows, outputs]
    }

    private String embedded(CategoryEmbedding embedding, String categories) {
        long[] offsets = embedding.offsets().value().toLongs();
        String places = graph.node("Add", categories, graph.longs(offsets, 1, offsets.length));
        String vectors = graph.node("Gather", constant(embedding.table().table()), places); // [rows, categories, width]
        return graph.node("Flatten", List.of(Attributes.of("axis", 1)), vectors); // [rows, categories * width]
    }

    private String layer(Layer layer, String x) {
        if (layer instanceof DenseBlock block) {
            return block(block, x);
        } else if (layer instanceof Linear linear) {
            return linear(linear, x);
        } else if (layer instanceof EnsembleLinear ensemble) {
            String scaled = graph.node("Mul", x, constant(ensemble.inputScale())); // [members, rows, in]
            String y = graph.node("Mul", linear(ensemble.shared(), scaled), constant(ensemble.outputScale()));
            return graph.node("Add", y, constant(ensemble.bias())); // [members, rows, out]
        } else if (layer instanceof MemberLinear members) {
            String y = product.of(graph, x, Weight.ofMembers(members.weight().value()));
            return graph.node("Add", y, constant(members.bias())); // [members, rows, out]
        } else if (layer instanceof LayerNorm norm) {
            List<AttributeProto> attributes =
                    List.of(Attributes.of("axis", -1), Attributes.number("epsilon", (float) norm.epsilon()));
            return graph.node("LayerNormalization", attributes, x, constant(norm.weight()), constant(norm.bias()));
        } else if (layer instanceof BatchNorm norm) {
            String[] inputs = Stream.concat(
                            Stream.of(x),
                            Stream.of(norm.weight(), norm.bias(), norm.mean(), norm.variance())
                                    .map(this::constant))
                    .toArray(String[]::new);
            return graph.node(
                    "BatchNormalization", List.of(Attributes.number("epsilon", (float) norm.epsilon())), inputs);
        } else if (layer instanceof Activation activation) {
            return activation(activation, x);
        }
        throw new IllegalArgumentException(
                "a layer must be of a kind that has ONNX operators. Received: " + layer.getClass());
    }

    private String block(DenseBlock block, String x) {
        String y = layer(block.linear(), x);
        if (block.normalization() != null) {
            y = layer(block.normalization(), y);
        }
        y = activation(block.activation(), y);
        return block.residual() ? graph.node("Add", x, y) : y;
    }

    private String linear(Linear linear, String x) {
        String y = product.of(graph, x, Weight.ofLinear(linear.weight().value()));
        return linear.bias() == null ? y : graph.node("Add", y, constant(linear.bias()));
    }

    private String activation(Activation activation, String x) {
        return switch (activation) {
            case RELU -> graph.node("Relu", x);
            case GELU -> {
                String erf = graph.node("Erf", graph.node("Div", x, scalar(Math.sqrt(2))));
                String twice = graph.node("Mul", x, graph.node("Add", erf, scalar(1)));
                yield graph.node("Mul", twice, scalar(0.5));
            }
            case SILU -> graph.node("Mul", x, graph.node("Sigmoid", x));
            case ELU -> graph.node("Elu", x);
            case MISH -> graph.node("Mul", x, graph.node("Tanh", graph.node("Softplus", x)));
            case TANH -> graph.node("Tanh", x);
            case SIGMOID -> graph.node("Sigmoid", x);
            case IDENTITY -> x;
        };
    }

    private String scalar(double value) {
        return graph.floats(new float[] {(float) value});
    }

    private String constant(Parameter parameter) {
        return graph.floats(parameter.value().toFloats(), parameter.value().shape());
    }
}
