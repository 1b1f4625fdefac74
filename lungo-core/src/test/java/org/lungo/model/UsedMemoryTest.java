package org.lungo.model;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lungo.data.Features;
import org.lungo.family.labelling.Tagger;
import org.lungo.family.labelling.TaggerLayers;
import org.lungo.nn.Activation;
import org.lungo.nn.Recurrent;
import org.lungo.preprocess.WordIds;
import org.lungo.tensor.DType;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Mode;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/**
 * A step of every network on memory that was used before: the same bits. Their widths are no multiples of 16, so that kernels
 * that compute in blocks must pad.
 */
class UsedMemoryTest {
    private static final Inputs MIXED = new Inputs(3, List.of(4, 5), List.of(new Inputs.Text(9, 6)), 2);
    private static final Mlp.Config MLP =
            new Mlp.Config(List.of(30, 24), Activation.RELU, 0.1, Mlp.Normalization.LAYER, false, 7, 3);

    /** A network and what it computes; where it has no name of its own, that of its file. */
    private record Network(String name, Function<Random, ? extends Record> build, Function<Record, Tensor> answer) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Network> networks() {
        Stream<Network> texts = Stream.of(TableNetwork.TEXT_CNN, TableNetwork.TEXT_RNN, TableNetwork.TEXT_BAG)
                .map(family -> network(
                        family.toString(),
                        random -> text(family).build(MIXED, random),
                        m -> ((TextModel) m).forward(rows())));
        Stream<Network> taggers = Stream.of(TaggerLayers.Head.values())
                .map(head -> network(
                        "tagger, " + head,
                        random -> tagger(head, random),
                        m -> ((Tagger) m).emissions(List.of(List.of("Ada", "saw", "Rome"), List.of("Rome")))));
        return Stream.concat(
                Stream.concat(texts, taggers),
                Stream.of(
                        network(
                                "mlp",
                                random -> MLP.build(new Inputs(3, List.of(4, 5), 2), random),
                                m -> ((Mlp) m).forward(new Features(rows().numbers(), rows().categories()))),
                        network(
                                "bert",
                                random -> Bert.Config.of(11, 16, 2, 3, 30, 0.1).build(random),
                                m -> ((Bert) m).hidden(ids(), null, ids().gt(2))),
                        network(
                                "gpt",
                                random -> Gpt.Config.of(11, 16, 2, 3, 30, 0.1).build(random),
                                m -> ((Gpt) m).forward(ids(), null)),
                        network("transformer", UsedMemoryTest::transformer, m -> {
                            Transformer model = (Transformer) m;
                            return model.logits(model.decode(ids(), model.encode(ids(), ids().gt(2)), null));
                        })));
    }

    private static Network network(
            String name, Function<Random, ? extends Record> build, Function<Record, Tensor> answer) {
        return new Network(name, build, answer);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void readsOnlyMemoryThatWasWritten(Network network) {
        for (@Nullable DType products : new DType[] {null, DType.BFLOAT16}) {
            for (Mode mode : new Mode[] {Mode.training(3), Mode.training(3).recomputing(true)}) {
                DirtyMemory.givesTheSameBits(() -> {
                    try (Scope scope = Scope.open(mode.autocast(products))) {
                        Record model = network.build.apply(Random.of(1));
                        return UsedMemory.lossAndGradients(model, network.answer.apply(model));
                    }
                });
            }
        }
        DirtyMemory.givesTheSameBits(() -> {
            try (Scope scope = Scope.inference()) {
                Record model = network.build.apply(Random.of(1));
                return List.of(network.answer.apply(model).toFloats());
            }
        });
    }

    private static TextModel.Config text(TableNetwork family) {
        TextLayers layers = new TextLayers(
                30,
                0.2,
                0.1,
                0.3,
                new TextLayers.Cnn(24, List.of(2, 3, 5)),
                new TextLayers.Rnn(Recurrent.Cell.LSTM, 12, 2),
                new TextLayers.Bag(30, 7));
        return new TextModel.Config(family, layers, MLP);
    }

    private static Tagger tagger(TaggerLayers.Head head, Random random) {
        TaggerLayers layers = new TaggerLayers(
                head,
                24,
                true,
                new TaggerLayers.Characters(10, 30, 3),
                new TextLayers.Rnn(Recurrent.Cell.LSTM, 12, 1),
                0.1);
        return layers.build(
                WordIds.of(List.of(List.of("Ada", "saw", "Rome")), true),
                List.of("O", "B-PER", "B-LOC"),
                false,
                random);
    }

    private static Transformer transformer(Random random) {
        Transformer.Details details = new Transformer.Details(0.1, true, Transformer.Tied.NONE);
        return new Transformer.Config(11, 16, new Transformer.Depth(1, 2), 3, 30, 50, details).build(random);
    }

    private static Features rows() {
        return new Features(
                Tensor.of(new float[] {1, 2, 3, -1, 0.5f, 0, 2, -3, 1}, 3, 3),
                Tensor.of(new long[] {0, 2, 3, 4, 1, 0}, 3, 2),
                Tensor.of(new int[] {2, 3, 4, 0, 0, 0, 8, 7, 6, 5, 4, 3, 0, 0, 0, 0, 0, 0}, 3, 6));
    }

    private static Tensor ids() {
        return Tensor.of(new long[] {1, 8, 3, 10, 7, 9, 5, 5, 2, 4}, 2, 5);
    }
}
