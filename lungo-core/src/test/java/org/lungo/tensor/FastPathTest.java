package org.lungo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** While a path is closed the slower way is taken, and gives the same numbers and gradients. */
class FastPathTest {
    /** FLOAT64, in which both ways add up the same terms. */
    private static final double ROUNDING = 1e-12;

    @ParameterizedTest
    @CsvSource({"3,8,3,7", "24,30,5,9", "16,16,2,6", "5,4,4,3", "1,1,1,1"})
    void convolutionsAsProductsOfWindows(int in, int out, int width, int length) {
        for (boolean withBias : new boolean[] {true, false}) {
            double[][] fast = convolution(in, out, width, length, withBias);
            FastPath.CONVOLUTION.closedWhile(() -> {
                double[][] slow = convolution(in, out, width, length, withBias);
                for (int i = 0; i < fast.length; i++) {
                    assertThat(slow[i]).containsExactly(fast[i], within(ROUNDING));
                }
            });
        }
    }

    private static double[][] convolution(int in, int out, int width, int length, boolean withBias) {
        try (Scope scope = Scope.training(0)) {
            Tensor x = numbers(1, 4, in, length).requireGradient();
            Tensor weight = numbers(2, out, in, width).requireGradient();
            @Nullable Tensor bias = withBias ? numbers(3, out).requireGradient() : null;
            Tensor y = x.convolution1d(weight, bias);
            assertThat(y.shape()).containsExactly(4, out, length);
            y.sin().sum().backward();
            return new double[][] {
                y.toDoubles(), gradient(x), gradient(weight), bias == null ? new double[0] : gradient(bias)
            };
        }
    }

    /** Each operation complains under its own name. */
    @Test
    void takeTheOtherOperation() {
        try (Scope scope = Scope.inference()) {
            Tensor x = numbers(1, 2, 5, 5);
            Tensor weight = numbers(2, 4, 3, 3);
            Tensor q = numbers(1, 2, 3, 5, 4).to(DType.FLOAT32);
            Tensor k = numbers(1, 2, 3, 5, 6).to(DType.FLOAT32);
            assertThatThrownBy(() -> x.convolution1d(weight, null)).hasMessageContaining("expected input");
            assertThatThrownBy(() -> q.attention(k, q, null, true, 0)).hasMessageStartingWith("attention: ");
            FastPath.CONVOLUTION.closedWhile(() ->
                    assertThatThrownBy(() -> x.convolution1d(weight, null)).hasMessageContaining("must have in=5"));
            FastPath.ATTENTION.closedWhile(() ->
                    assertThatThrownBy(() -> q.attention(k, q, null, true, 0)).hasMessageStartingWith("matmul: "));
        }
    }

    @Test
    void convolutionsSayWhatDidNotFit() {
        FastPath.CONVOLUTION.closedWhile(() -> {
            try (Scope scope = Scope.open()) {
                Tensor weight = numbers(2, 4, 3, 3);
                assertThatThrownBy(() -> numbers(1, 2, 5, 5).convolution1d(weight, null))
                        .isInstanceOf(ShapeException.class)
                        .hasMessage("convolution1d: the weight [out, in, width] must have in=5. Received: [2, 5, 5] and"
                                + " [4, 3, 3]");
                assertThatThrownBy(() -> numbers(1, 5, 5).convolution1d(weight, null))
                        .hasMessageContaining("a sequence [rows, in, length]");
            }
        });
    }

    /** Longer than a block of queries, more and fewer keys than queries, masks of truths and of numbers, shared keys. */
    @ParameterizedTest
    @CsvSource({"5,5,4", "300,300,4", "5,9,4", "9,5,4", "140,9,4", "1,7,4", "6,6,2"})
    void attentionAsTwoProducts(int queries, int keys, int keyHeads) {
        try (Scope scope = Scope.inference()) {
            Tensor seen = numbers(7, 1, keys).gt(-0.5);
            Tensor some = numbers(9, queries, keys).gt(-0.5);
            for (@Nullable Tensor mask : Arrays.asList(null, seen, some, numbers(8, queries, keys))) {
                for (boolean causal : mask == null ? new boolean[] {false, true} : new boolean[] {false}) {
                    Supplier<double[]> attention = () -> numbers(1, 2, 4, queries, 6)
                            .attention(
                                    numbers(2, 2, keyHeads, keys, 6), numbers(3, 2, keyHeads, keys, 6), mask, causal, 0)
                            .toDoubles();
                    double[] fast = attention.get();
                    FastPath.ATTENTION.closedWhile(
                            () -> assertThat(attention.get()).containsExactly(fast, within(ROUNDING)));
                }
            }
        }
    }

    @Test
    void halfProductsInFull() {
        try (Scope scope = Scope.inference()) {
            Tensor x = numbers(1, 7, 24).to(DType.BFLOAT16);
            Tensor weight = numbers(2, 30, 24).to(DType.BFLOAT16);
            Tensor bias = numbers(3, 30).to(DType.BFLOAT16);
            for (UnaryOperator<Tensor> product : List.<UnaryOperator<Tensor>>of(
                    a -> a.linear(weight, bias), a -> a.linear(weight, null), a -> a.matmul(weight.transpose(0, 1)))) {
                double[] exact = product.apply(x).to(DType.FLOAT64).toDoubles();
                FastPath.HALF.closedWhile(() -> {
                    Tensor result = product.apply(x);
                    assertThat(result.dtype()).isEqualTo(DType.BFLOAT16);
                    assertThat(result.to(DType.FLOAT64).toDoubles()).containsExactly(exact, within(0.1)); // of up to 20
                });
            }
        }
        FastPath.HALF.closedWhile(() -> {
            try (Scope scope = Scope.open(Mode.training(0).autocast(DType.BFLOAT16))) {
                Tensor x = numbers(1, 7, 24).to(DType.FLOAT32);
                assertThat(x.matmul(x.transpose(0, 1)).dtype()).isEqualTo(DType.FLOAT32);
            }
        });
        try (Scope scope = Scope.open(Mode.training(0).autocast(DType.BFLOAT16))) {
            Tensor x = numbers(1, 7, 24).to(DType.FLOAT32);
            assertThat(x.matmul(x.transpose(0, 1)).dtype())
                    .isEqualTo(FastPath.HALF.isOpen() ? DType.BFLOAT16 : DType.FLOAT32);
        }
    }

    @Test
    void productsInTheHighestPrecision() {
        Engine.load();
        FastPath.PRODUCTS.closedWhile(() -> {
            assertThat(precision()).isEqualTo("highest");
            assertThat(Engine.info().hasFastProducts()).isFalse();
            assertThat(Trials.products(x -> x[0].matmul(x[1]))).isLessThan(Trials.SUMS);
        });
        assertThat(precision()).isEqualTo(FastPath.PRODUCTS.isOpen() ? "medium" : "highest");
    }

    private static String precision() {
        return torch.globalContext().float32MatmulPrecision().toString().toLowerCase(java.util.Locale.ROOT);
    }

    @Test
    void denseLayersByLibtorchsProducts() {
        try (Scope scope = Scope.inference()) {
            Tensor x = numbers(1, 1, 512).to(DType.FLOAT32);
            Tensor weight = numbers(2, 2048, 512).to(DType.FLOAT32);
            FastPath.PRODUCTS.closedWhile(() -> {
                assertThat(OneDnnLinear.suits(x, weight, null)).isEqualTo(FastPath.LINEAR.isOpen());
                FastPath.LINEAR.closedWhile(
                        () -> assertThat(OneDnnLinear.suits(x, weight, null)).isFalse());
            });
        }
    }

    /** In a process of its own, because the variable is read when the engine loads. */
    @ParameterizedTest
    @ValueSource(strings = {"plain", ""})
    void areAllClosedByAVariable(String value) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED"));
        if (Runtime.version().feature() >= 24) { // as the start scripts do: Java itself would warn of JavaCPP
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Paths.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put(EngineProofs.VARIABLE, value);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
        // Not a line of JavaCPP, NNPACK or anybody else.
        assertThat(output.lines()).hasSize(1);
        assertThat(output)
                .contains(value.equals("plain") ? "0 proofs, [false, false, false, false, false]" : " true, true]");
    }

    static final class Paths {
        private Paths() {}

        public static void main(String[] arguments) {
            int proofs = Engine.info().proofs().all().size();
            System.out.println(proofs + " proofs, "
                    + Arrays.stream(FastPath.values()).map(FastPath::isOpen).toList());
        }
    }

    private static double[] gradient(Tensor x) {
        return Objects.requireNonNull(x.gradient()).toDoubles();
    }

    private static Tensor numbers(long seed, long... shape) {
        var random = Random.of(seed).generator();
        double[] values = new double[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        Arrays.setAll(values, i -> random.nextGaussian());
        return Tensor.of(values, shape);
    }
}
