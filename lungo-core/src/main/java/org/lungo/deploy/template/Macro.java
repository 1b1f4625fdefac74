package org.lungo.deploy.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A macro, or the body of a call block, as a function; it sees the variables of the place where it was defined. */
final class Macro implements TemplateFunction {
    static final String CALLER = "caller";
    private static final String MORE = "varargs";
    private static final String MORE_NAMED = "kwargs";

    private final Signature signature;
    private final Frame defined;

    Macro(Signature signature, Frame defined) {
        this.signature = signature;
        this.defined = defined;
    }

    /**
     * What a macro is.
     *
     * @param parameters names, in order
     * @param defaults of the last parameters
     * @param reads names that the body reads: it takes {@code varargs}, {@code kwargs} and {@code caller} if it reads them
     */
    record Signature(
            String name, List<String> parameters, List<Expression> defaults, Set<String> reads, Statement.Block body) {
        /** The default of the parameter at {@code place}, if it has one. */
        @Nullable
        Expression fallback(int place) {
            int index = place - (parameters.size() - defaults.size());
            return index < 0 ? null : defaults.get(index);
        }
    }

    @Override
    public Object call(Arguments arguments) {
        Frame frame = defined.capturing();
        Map<String, Object> named = new LinkedHashMap<>(arguments.named());
        List<Object> positional = arguments.positional();
        List<String> parameters = signature.parameters;
        for (int i = 0; i < parameters.size(); i++) {
            String name = parameters.get(i);
            Object given = i < positional.size() ? positional.get(i) : named.remove(name);
            frame.set(name, given == null ? fallback(i, frame) : given);
        }
        if (takes(CALLER)) {
            Object caller = named.remove(CALLER);
            frame.set(CALLER, caller == null ? new Undefined(CALLER) : caller);
        }
        more(frame, positional, named);
        signature.body.run(frame);
        return frame.written();
    }

    private Object fallback(int place, Frame frame) {
        Expression expression = signature.fallback(place);
        return expression == null
                ? new Undefined("the argument " + signature.parameters.get(place) + " of " + signature.name)
                : frame.value(expression);
    }

    /** Arguments beyond the parameters. */
    private void more(Frame frame, List<Object> positional, Map<String, Object> named) {
        int known = Math.min(signature.parameters.size(), positional.size());
        List<Object> others = positional.subList(known, positional.size());
        if (takes(MORE)) {
            frame.set(MORE, new TupleValue(others));
        } else if (!others.isEmpty()) {
            throw new TemplateException("macro " + signature.name + " takes at most " + known + " arguments. Received: "
                    + positional.size());
        }
        if (takes(MORE_NAMED)) {
            frame.set(MORE_NAMED, new LinkedHashMap<Object, Object>(named));
        } else if (!named.isEmpty()) {
            throw new TemplateException("macro " + signature.name + " takes " + signature.parameters
                    + ", each once. Received: " + named.keySet().iterator().next() + "=");
        }
    }

    private boolean takes(String name) {
        return signature.reads.contains(name) && !signature.parameters.contains(name);
    }
}
