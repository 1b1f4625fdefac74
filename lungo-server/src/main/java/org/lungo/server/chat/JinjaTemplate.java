package org.lungo.server.chat;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A template as Hugging Face's tokenizers have them: Jinja, blocks trimmed, with {@code messages},
 * {@code add_generation_prompt}, {@code bos_token}, {@code eos_token} and {@code raise_exception}.
 */
final class JinjaTemplate implements ChatTemplate {
    /** What a template may write: more than any context holds, less than would hurt. */
    private static final long MOST_CHARACTERS = 8L << 20;

    /** Jinja's own rules, where the library keeps to older ones of its own. */
    private static final LegacyOverrides LIKE_JINJA = LegacyOverrides.newBuilder()
            .withEvaluateMapKeys(true)
            .withUseNaturalOperatorPrecedence(true)
            .withAllowAdjacentTextNodes(true)
            .withUseTrimmingForNotesAndExpressions(true)
            .withKeepNullableLoopValues(true)
            .withHandleBackslashInQuotesOnly(true)
            .build();

    private final Jinjava jinjava;
    private final String template;
    private final String begin;
    private final String end;

    JinjaTemplate(String template, String begin, String end) {
        this.template = template.endsWith("\n") ? template.substring(0, template.length() - 1) : template; // as Jinja
        this.begin = begin;
        this.end = end;
        this.jinjava = new Jinjava(JinjavaConfig.newBuilder()
                .withTrimBlocks(true)
                .withLstripBlocks(true)
                .withMaxOutputSize(MOST_CHARACTERS)
                .withKeepTrailingNewline(true)
                .withNestedInterpretationEnabled(false) // what is said is data
                .withLegacyOverrides(LIKE_JINJA)
                .build());
        jinjava.getGlobalContext()
                .registerFunction(
                        new ELFunctionDefinition("", "raise_exception", JinjaTemplate.class, "raise", String.class));
    }

    /** Called by templates that do not take a conversation. */
    public static String raise(String message) {
        throw new ChatTemplateException(message);
    }

    @Override
    public String render(List<Message> messages) {
        Map<String, Object> bindings = new LinkedHashMap<>();
        bindings.put("messages", messages.stream().map(JinjaTemplate::bound).toList());
        bindings.put("add_generation_prompt", true);
        bindings.put("bos_token", begin);
        bindings.put("eos_token", end);
        RenderResult result = jinjava.renderForResult(template, bindings);
        for (TemplateError error : result.getErrors()) {
            if (error.getSeverity() == TemplateError.ErrorType.FATAL) {
                throw new ChatTemplateException("the model's chat template does not take this conversation: "
                        + reason(error.getException(), error.getMessage()));
            }
        }
        return result.getOutput();
    }

    /** What the template itself has said, else what the library says. */
    private static String reason(@Nullable Throwable failure, String message) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ChatTemplateException said) {
                return String.valueOf(said.getMessage());
            }
        }
        return message.lines().findFirst().orElse("no reason given");
    }

    private static Map<String, Object> bound(Message message) {
        Map<String, Object> bound = new LinkedHashMap<>();
        bound.put("role", message.role());
        bound.put("content", message.content());
        return bound;
    }

    @Override
    public List<String> stops() {
        return end.isEmpty() ? List.of() : List.of(end);
    }
}
