package org.lungo.deploy.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.tensor.CorruptFileException;
import tools.jackson.databind.json.JsonMapper;

/** Templates in the forms that published models have; what they write was worked out by hand from Jinja's rules. */
class ChatTemplateTest {
    private static final List<Message> ASKED = List.of(new Message("user", " Hi "));
    private static final List<Message> TALK = List.of(
            new Message("system", "Be kind."),
            new Message("user", "Hi"),
            new Message("assistant", "Hello!"),
            new Message("user", "Bye"));

    private static final String QWEN2 = "{% for message in messages %}"
            + "{% if loop.first and messages[0]['role'] != 'system' %}"
            + "{{ '<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n' }}{% endif %}"
            + "{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}"
            + "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

    private static final String LLAMA3 = "{% set loop_messages = messages %}{% for message in loop_messages %}"
            + "{% set content = '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n'+"
            + " message['content'] | trim + '<|eot_id|>' %}"
            + "{% if loop.index0 == 0 %}{% set content = bos_token + content %}{% endif %}{{ content }}{% endfor %}"
            + "{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}";

    private static final String LLAMA2 = "{% if messages[0]['role'] == 'system' %}"
            + "{% set loop_messages = messages[1:] %}{% set system_message = messages[0]['content'] %}"
            + "{% else %}{% set loop_messages = messages %}{% set system_message = false %}{% endif %}"
            + "{% for message in loop_messages %}"
            + "{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}"
            + "{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}"
            + "{% if loop.index0 == 0 and system_message != false %}"
            + "{% set content = '<<SYS>>\\n' + system_message + '\\n<</SYS>>\\n\\n' + message['content'] %}"
            + "{% else %}{% set content = message['content'] %}{% endif %}"
            + "{% if message['role'] == 'user' %}{{ bos_token + '[INST] ' + content.strip() + ' [/INST]' }}"
            + "{% elif message['role'] == 'assistant' %}{{ ' '  + content.strip() + ' ' + eos_token }}{% endif %}"
            + "{% endfor %}";

    @Test
    void rendersChatMl() {
        assertThat(new JinjaTemplate(QWEN2, "", "<|im_end|>").render(ASKED))
                .isEqualTo("<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n"
                        + "<|im_start|>user\n Hi <|im_end|>\n<|im_start|>assistant\n");
        assertThat(new JinjaTemplate(QWEN2.replace("\n", "\\n"), "", "").render(TALK))
                .isEqualTo("<|im_start|>system\nBe kind.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n"
                        + "<|im_start|>assistant\nHello!<|im_end|>\n<|im_start|>user\nBye<|im_end|>\n"
                        + "<|im_start|>assistant\n");
    }

    @Test
    void rendersLlama3() {
        assertThat(new JinjaTemplate(LLAMA3, "<|begin_of_text|>", "").render(ASKED))
                .isEqualTo("<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\nHi<|eot_id|>"
                        + "<|start_header_id|>assistant<|end_header_id|>\n\n");
        assertThat(new JinjaTemplate(LLAMA3.replace("\n", "\\n"), "<s>", "").render(TALK.subList(0, 2)))
                .isEqualTo("<s><|start_header_id|>system<|end_header_id|>\n\nBe kind.<|eot_id|>"
                        + "<|start_header_id|>user<|end_header_id|>\n\nHi<|eot_id|>"
                        + "<|start_header_id|>assistant<|end_header_id|>\n\n");
    }

    @Test
    void rendersLlama2() {
        JinjaTemplate template = new JinjaTemplate(LLAMA2, "<s>", "</s>");
        assertThat(template.render(TALK))
                .isEqualTo("<s>[INST] <<SYS>>\nBe kind.\n<</SYS>>\n\nHi [/INST] Hello! </s><s>[INST] Bye [/INST]");
        assertThat(template.render(ASKED)).isEqualTo("<s>[INST] Hi [/INST]");
        assertThat(template.stops()).containsExactly("</s>");
        assertThatThrownBy(() -> template.render(TALK.subList(2, 4)))
                .isInstanceOf(ChatTemplateException.class)
                .hasMessageContaining("Conversation roles must alternate");
    }

    /** Blocks on lines of their own leave no lines, as transformers sets Jinja. */
    @Test
    void trimsBlocks() {
        String template =
                "{%- for m in messages %}\n    {% if m.role == 'user' %}\nQ: {{ m.content }}\n    {% endif %}\n"
                        + "{% endfor %}\n";
        assertThat(new JinjaTemplate(template, "", "").render(TALK)).isEqualTo("Q: Hi\nQ: Bye\n");
    }

    /** A conversation is data: what it says in Jinja is not run. */
    @Test
    void runsNothingOfWhatIsSaid() {
        String text = "{{ 7 * 7 }}{% raw %}";
        assertThat(new JinjaTemplate("{{ messages[0].content }}", "", "").render(List.of(new Message("user", text))))
                .isEqualTo(text);
    }

    /** Templates come with models from elsewhere: they reach no class and end. */
    @Test
    void letsTemplatesReachNothing() {
        for (String template : List.of(
                "{{ messages.getClass().forName('java.lang.Runtime') }}",
                "{{ ''.class.name }}",
                "{% for i in range(100000000) %}aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa{% endfor %}")) {
            String written;
            try {
                written = new JinjaTemplate(template, "", "").render(ASKED);
            } catch (ChatTemplateException e) {
                written = "";
            }
            assertThat(written).doesNotContain("java").hasSizeLessThan(9 << 20);
        }
    }

    /** A faulty template does not keep a model from being loaded: the error comes when a conversation is written. */
    @Test
    void saysWhatATemplateLacks() {
        refuses("{% for m in %}", "line 1: a value was expected. Received: %}");
        refuses(
                "a\n{{ 'x' | frobnicate }}",
                "line 2: a filter of Jinja2 was expected. Received: frobnicate, which is unknown");
        refuses(
                "{{ 'x' is frobnicate }}",
                "line 1: a test of Jinja2 was expected. Received: frobnicate, which is unknown");
        refuses("{{ tools[0] }}", "line 1: a value was expected. Received: tools, which is not defined");
        refuses("{{ raise_exception('no such role') }}", "no such role");
    }

    private static void refuses(String template, String reason) {
        JinjaTemplate parsed = new JinjaTemplate(template, "", "");
        assertThatThrownBy(() -> parsed.render(ASKED))
                .isInstanceOf(ChatTemplateException.class)
                .hasMessage("the model's chat template does not take this conversation: " + reason);
    }

    @Test
    void givesTemplatesTokensAndTheDate() {
        Clock clock = Clock.fixed(Instant.parse("2026-07-04T09:05:00Z"), ZoneOffset.UTC);
        String template = "{{ bos_token }}{{ strftime_now('%d %b %Y') }}{{ add_generation_prompt }}{{ eos_token }}"
                + "{{ tools is defined }}";
        assertThat(new JinjaTemplate(template, "<s>", "</s>", clock).render(ASKED))
                .isEqualTo("<s>04 Jul 2026True</s>False");
    }

    @Test
    void isFoundInTheFolderOfTheModel(@TempDir Path folder) throws IOException {
        assertThat(ChatTemplate.in(folder).render(TALK))
                .isEqualTo("system: Be kind.\nuser: Hi\nassistant: Hello!\nuser: Bye\nassistant:");
        JsonMapper json = new JsonMapper();
        Path config = folder.resolve("tokenizer_config.json");
        Files.writeString(
                config,
                json.writeValueAsString(
                        Map.of("chat_template", LLAMA2, "bos_token", Map.of("content", "<s>"), "eos_token", "</s>")));
        assertThat(ChatTemplate.in(folder).render(ASKED)).isEqualTo("<s>[INST] Hi [/INST]");
        Files.writeString(
                config,
                json.writeValueAsString(Map.of(
                        "chat_template",
                        List.of(
                                Map.of("name", "tool_use", "template", "t"),
                                Map.of("name", "default", "template", "d")))));
        assertThat(ChatTemplate.in(folder).render(ASKED)).isEqualTo("d");
        Files.writeString(folder.resolve("chat_template.jinja"), "file");
        assertThat(ChatTemplate.in(folder).render(ASKED)).isEqualTo("file");
        Files.writeString(config, "{");
        assertThatThrownBy(() -> ChatTemplate.in(folder)).isInstanceOf(CorruptFileException.class);
    }
}
