package org.lungo.tensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * The mean of a value over rows that is computed some rows at a time, together with its gradients, so that what lies between
 * the rows and the value is never in memory for all of them. For the logits of language models, which are as wide as the
 * vocabulary: Hsu et al. 2024, arXiv:2410.10989, section 3.2, fused linear cross entropy. Nothing is computed twice.
 *
 * <pre>{@code
 * Tensor loss = PiecewiseMean.of(hidden, List.of(weight), 1024, (rows, from) -> {
 *     Tensor logits = rows.linear(weight, null);                             // [rows, vocabulary]
 *     return Losses.crossEntropy(logits, targets.narrow(0, from, rows.size(0)), null, 0, Losses.Result.MEAN);
 * });
 * }</pre>
 */
public final class PiecewiseMean {
    private PiecewiseMean() {}

    /** The mean value of some rows. */
    @FunctionalInterface
    public interface Part {
        /** A scalar, the mean over {@code rows}, [count, width], of which the first is number {@code from}. */
        Tensor of(Tensor rows, long from);
    }

    /**
     * The mean over all rows of {@code x}, [rows, width].
     *
     * @param parameters all that {@code part} uses besides the rows and that gets gradients; more do no harm
     * @param rowsAtOnce the maximum number of rows given to {@code part} at once
     * @return FLOAT32, without axes
     */
    public static Tensor of(Tensor x, List<Tensor> parameters, long rowsAtOnce, Part part) {
        ShapeException.requireRank("piecewiseMean", x, 2, "rows [rows, width]");
        Check.positive("rowsAtOnce", rowsAtOnce);
        long rows = x.size(0);
        if (rows <= rowsAtOnce) {
            return part.of(x, 0).to(DType.FLOAT32);
        }
        Scope step = Scope.step();
        boolean gradients = step != null && step.mode().gradients();
        Gradients ahead = gradients ? new Gradients(x, parameters) : null;
        Tensor mean = Tensor.zeros(DType.FLOAT32);
        for (long from = 0; from < rows; from += rowsAtOnce) {
            long count = Math.min(rowsAtOnce, rows - from);
            try (Scope scope = Scope.open(step == null ? Mode.INFERENCE : step.mode())) {
                Tensor piece = x.detach().narrow(0, from, count);
                Tensor share = part.of(ahead == null ? piece : piece.requireGradient(), from)
                        .to(DType.FLOAT32)
                        .mul((double) count / rows);
                mean.addInPlace(share.detach(), 1);
                if (ahead != null) {
                    ahead.add(share, piece, from, scope);
                }
            }
        }
        return ahead == null ? mean : ahead.under(mean);
    }

    /** Gradients of the mean by {@code x} and the parameters, as far as they are known. */
    private static final class Gradients {
        private final Tensor x;
        private final Tensor ofX;
        private final Map<Tensor, Tensor> ofParameters = new LinkedHashMap<>();
        private final List<Tensor> parameters;

        Gradients(Tensor x, List<Tensor> parameters) {
            this.x = x;
            this.ofX = Tensor.zeros(x.dtype(), x.shape());
            this.parameters =
                    parameters.stream().filter(Tensor::requiresGradient).toList();
        }

        /** Adds those of a share of the mean, which is computed from {@code piece} in {@code open}. */
        void add(Tensor share, Tensor piece, long from, Scope open) {
            List<Tensor> inputs = new ArrayList<>(parameters);
            inputs.add(piece);
            List<@Nullable Tensor> found = of(share, inputs);
            Tensor ofPiece = found.get(parameters.size());
            if (ofPiece != null) {
                ofX.narrow(0, from, piece.size(0)).copyInPlace(ofPiece);
            }
            for (int i = 0; i < parameters.size(); i++) {
                Tensor more = found.get(i);
                Tensor before = ofParameters.get(parameters.get(i));
                if (before != null && more != null) {
                    before.addInPlace(more, 1);
                } else if (more != null) {
                    ofParameters.put(parameters.get(i), open.keep(more));
                }
            }
        }

        private static List<@Nullable Tensor> of(Tensor value, List<Tensor> inputs) {
            List<@Nullable Tensor> gradients = new ArrayList<>();
            try (TensorVector values = Op.vector(List.of(value));
                    TensorVector by = Op.vector(inputs);
                    TensorVector none = new TensorVector();
                    TensorVector found = torch.grad(values, by, none, Op.NO_FLAG, false, true)) {
                for (long i = 0; i < found.size(); i++) {
                    try (org.bytedeco.pytorch.Tensor borrowed = found.get(i)) {
                        gradients.add(
                                borrowed.defined() ? new Tensor(new org.bytedeco.pytorch.Tensor(borrowed)) : null);
                    }
                }
            } catch (RuntimeException e) {
                throw NativeFailure.of("piecewiseMean", e, value);
            }
            return gradients;
        }

        /** The value of {@code mean} with these gradients: those of the sum of all products with what they belong to. */
        Tensor under(Tensor mean) {
            Tensor sum = x.mul(ofX).sum().to(DType.FLOAT32);
            for (Map.Entry<Tensor, Tensor> entry : ofParameters.entrySet()) {
                sum = sum.add(entry.getKey().mul(entry.getValue()).sum().to(DType.FLOAT32));
            }
            return mean.add(sum.sub(sum.detach()));
        }
    }
}
