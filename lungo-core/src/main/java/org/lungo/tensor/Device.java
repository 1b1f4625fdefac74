package org.lungo.tensor;

/** Where a tensor's numbers are kept: {@code cpu}, or a GPU as {@code cuda:0}. */
public record Device(Type type, int index) {
    /** The kinds of devices. */
    public enum Type {
        CPU,
        CUDA
    }

    /** The processor of this machine. */
    public static final Device CPU = new Device(Type.CPU, 0);

    /** The GPU with the given number. */
    public static Device cuda(int index) {
        return new Device(Type.CUDA, index);
    }

    /** The name in configuration files: {@code cpu} or {@code cuda:0}. */
    @Override
    public String toString() {
        return type == Type.CPU ? "cpu" : "cuda:" + index;
    }
}
