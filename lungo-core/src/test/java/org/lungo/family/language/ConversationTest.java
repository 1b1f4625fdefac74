package org.lungo.family.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lungo.deploy.text.ChatTemplate;
import org.lungo.deploy.text.GenerationSettings;
import org.lungo.deploy.text.LanguageBundle;
import org.lungo.deploy.text.Message;
import org.lungo.deploy.text.Sampling;
import org.lungo.deploy.text.Written;
import org.lungo.model.Gpt;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.preprocess.tokenizer.TokenizerTraining;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;

class ConversationTest {
    private static final int CONTEXT = 64;
    private static final GenerationSettings SETTINGS = new GenerationSettings(4, Sampling.GREEDY, List.of(), 1);

    private final Scope scope = Scope.open();
    private final TextGenerator generator = generator();

    @AfterEach
    void free() {
        scope.close();
    }

    private static TextGenerator generator() {
        Tokenizer tokenizer = TokenizerTraining.of(TokenizerTraining.Type.CHAR, 100)
                .train(List.of("user: assistant: system: abcdefgh\n").iterator());
        Gpt model = Gpt.Config.of(tokenizer.size(), CONTEXT, 1, 2, 32, 0).build(Random.of(3));
        return new TextGenerator(new LanguageBundle(model, tokenizer), Set.of());
    }

    private Conversation conversation(String system) {
        return new Conversation(generator, new ChatTemplate.Plain(), system);
    }

    @Test
    void continuesTheWholeConversation() {
        Conversation conversation = conversation("abc");
        StringBuilder heard = new StringBuilder();
        Written first = conversation.say("de", SETTINGS, heard::append);
        assertThat(first.text())
                .isEqualTo(heard.toString())
                .isEqualTo(generator
                        .generate("system: abc\nuser: de\nassistant:", SETTINGS, piece -> {})
                        .text());
        conversation.say("f", SETTINGS, piece -> {});
        assertThat(conversation.messages())
                .startsWith(
                        new Message("system", "abc"),
                        new Message("user", "de"),
                        new Message("assistant", first.text().strip()),
                        new Message("user", "f"))
                .hasSize(5);
    }

    @Test
    void forgetsTheOldestExchangeWhereTheContextIsFull() {
        Conversation conversation = conversation("a");
        for (int i = 0; i < 6; i++) {
            conversation.say("bcd", SETTINGS, piece -> {});
            assertThat(conversation.messages().get(0)).isEqualTo(new Message("system", "a"));
        }
        assertThat(conversation.forgotten()).isPositive();
        conversation.reset();
        assertThat(conversation.messages()).containsExactly(new Message("system", "a"));
        assertThat(conversation.forgotten()).isZero();
    }

    @Test
    void refusesAMessageThatLeavesNoRoomForAnAnswer() {
        Conversation conversation = conversation("");
        assertThatThrownBy(() -> conversation.say("a".repeat(60), SETTINGS, piece -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a message must have at most 56 tokens with what the template adds, for the model's context"
                        + " of 64. Received: 77 tokens");
        assertThat(conversation.messages()).isEmpty();
        assertThat(conversation.say("b", SETTINGS, piece -> {}).tokens()).isEqualTo(4);
    }
}
