package org.lungo.family.tables.onnx;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.lungo.family.tables.TableBundle;
import org.lungo.model.Mlp;
import org.lungo.model.Model;
import org.lungo.preprocess.Fitted;

/**
 * How a network is written as operators; those that have no line here are refused.
 *
 * @param logits gives for the layers' operators, the network and its inputs FLOAT [members, rows, outputs], or [rows,
 *     outputs] for one member
 */
record NetworkExport<M extends Model>(Class<M> type, Logits<M> logits) {
    private static final List<NetworkExport<?>> ALL = List.of(new NetworkExport<>(Mlp.class, NetworkGraph::logits));

    /** The raw outputs of a network. */
    @FunctionalInterface
    interface Logits<M extends Model> {
        String of(NetworkGraph graph, M network, TableGraph inputs);
    }

    /**
     * How the network of {@code bundle} is written.
     *
     * @throws IllegalArgumentException when it cannot be
     */
    static BiFunction<NetworkGraph, TableGraph, String> of(TableBundle bundle) {
        return ALL.stream()
                .filter(export -> export.type.isInstance(bundle.model()))
                .findFirst()
                .map(export -> export.with(bundle.model()))
                .orElseThrow(() -> refusal(bundle));
    }

    private BiFunction<NetworkGraph, TableGraph, String> with(Model network) {
        return (graph, inputs) -> logits.of(graph, type.cast(network), inputs);
    }

    private static IllegalArgumentException refusal(TableBundle bundle) {
        if (!bundle.table().shaped().isEmpty()) {
            return refusal(
                    "that reads columns with a shape of their own",
                    names(bundle.table().shaped()));
        }
        if (!bundle.table().texts().isEmpty()) {
            return refusal(
                    "that reads texts", "the texts " + names(bundle.table().texts()));
        }
        String family = "type " + bundle.architecture().family();
        return refusal("of " + family, family);
    }

    private static String names(List<? extends Fitted> columns) {
        return columns.stream().map(Fitted::column).collect(Collectors.joining(", "));
    }

    private static IllegalArgumentException refusal(String network, String model) {
        return new IllegalArgumentException("an ONNX file cannot hold a network " + network
                + "; serve or predict with the run itself. Received: a model of " + model);
    }
}
