package org.lungo.family.tables.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.lungo.deploy.Version;

/** A graph that is being written. Every value, also a constant, is known by its name. */
final class Graph {
    /** The version of the operators: old enough for runtimes since 2023, new enough for LayerNormalization. */
    static final int OPSET = 18;

    /** The version of the operators of the domain {@code ai.onnx.ml}. */
    static final int ML_OPSET = 3;

    /** The version of the file format that belongs to these. */
    static final int FORMAT = 8;

    private static final String ML = "ai.onnx.ml";

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("lungo");
    private int count;

    /** The model that holds this graph, as the bytes of a file. */
    byte[] toBytes() {
        return ModelProto.newBuilder()
                .setIrVersion(FORMAT)
                .setProducerName("Lungo")
                .setProducerVersion(Version.current())
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(ML).setVersion(ML_OPSET))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    /** Declares an input, [rows, 1]. */
    void input(String name, DataType type) {
        graph.addInput(value(name, type, 1));
    }

    /** Declares {@code value} as an output, [rows] or [rows, width]. */
    void output(String name, String value, DataType type, int... width) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Identity")
                .addInput(value)
                .addOutput(name)
                .setName(name));
        graph.addOutput(value(name, type, width));
    }

    private static ValueInfoProto value(String name, DataType type, int... width) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"));
        for (int size : width) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder()
                .setElemType(type.getNumber())
                .setShape(shape)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    /** An operator with one output and no attribute. */
    String node(String operator, String... inputs) {
        return node(operator, List.of(), inputs);
    }

    /** An operator with one output. */
    String node(String operator, List<AttributeProto> attributes, String... inputs) {
        return nodes(operator, 1, attributes, inputs).get(0);
    }

    /** An operator of the domain {@code ai.onnx.ml} or of the usual one, by name. */
    List<String> nodes(String operator, int outputs, List<AttributeProto> attributes, String... inputs) {
        List<String> names =
                IntStream.range(0, outputs).mapToObj(i -> fresh(operator)).toList();
        NodeProto.Builder node = NodeProto.newBuilder()
                .setOpType(operator)
                .setDomain(operator.equals("LabelEncoder") ? ML : "")
                .setName(names.get(0))
                .addAllInput(List.of(inputs))
                .addAllOutput(names)
                .addAllAttribute(attributes);
        graph.addNode(node);
        return names;
    }

    String cast(DataType type, String value) {
        return node("Cast", List.of(Attributes.of("to", type.getNumber())), value);
    }

    /** Values side by side; a single one stays as it is. */
    String concat(List<String> values) {
        return values.size() == 1
                ? values.get(0)
                : node("Concat", List.of(Attributes.of("axis", 1)), values.toArray(String[]::new));
    }

    /** The given columns of a matrix with {@code width} columns, which stays as it is when these are all in order. */
    String columns(String matrix, int width, int... columns) {
        boolean all =
                columns.length == width && IntStream.range(0, width).allMatch(column -> columns[column] == column);
        long[] indices = IntStream.of(columns).asLongStream().toArray();
        return all ? matrix : node("Gather", List.of(Attributes.of("axis", 1)), matrix, longs(indices, indices.length));
    }

    /** A DOUBLE constant without axes. */
    String number(double value) {
        return doubles(new double[] {value});
    }

    String doubles(double[] values, long... shape) {
        ByteBuffer bytes = buffer(values.length, Double.BYTES);
        for (double value : values) {
            bytes.putDouble(value);
        }
        return constant(DataType.DOUBLE, bytes, shape);
    }

    String floats(float[] values, long... shape) {
        ByteBuffer bytes = buffer(values.length, Float.BYTES);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return constant(DataType.FLOAT, bytes, shape);
    }

    String longs(long[] values, long... shape) {
        ByteBuffer bytes = buffer(values.length, Long.BYTES);
        for (long value : values) {
            bytes.putLong(value);
        }
        return constant(DataType.INT64, bytes, shape);
    }

    String bytes(byte[] values, long... shape) {
        return constant(DataType.INT8, ByteBuffer.wrap(values), shape);
    }

    String texts(List<String> values, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(DataType.STRING.getNumber());
        values.forEach(value -> tensor.addStringData(ByteString.copyFromUtf8(value)));
        return constant(tensor, shape);
    }

    private static ByteBuffer buffer(int elements, int width) {
        return ByteBuffer.allocate(elements * width).order(ByteOrder.LITTLE_ENDIAN);
    }

    private String constant(DataType type, ByteBuffer values, long... shape) {
        ByteString raw = ByteString.copyFrom(values.array());
        return constant(TensorProto.newBuilder().setDataType(type.getNumber()).setRawData(raw), shape);
    }

    private String constant(TensorProto.Builder tensor, long... shape) {
        String name = fresh("constant");
        List<Long> sizes = new ArrayList<>();
        for (long size : shape) {
            sizes.add(size);
        }
        graph.addInitializer(tensor.setName(name).addAllDims(sizes));
        return name;
    }

    /** No column's input is called so, see {@link RawColumns}. */
    private String fresh(String kind) {
        return "/" + kind + "/" + count++;
    }
}
