package org.lungo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.family.language.training.LanguageStudy;
import org.lungo.server.ModelServer;
import org.lungo.server.ServerConfig;
import org.lungo.server.http.Limits;
import org.lungo.server.registry.Place;
import org.lungo.train.Listener;

/** OpenAI's API as a client speaks it that was written for OpenAI: LangChain4j's. */
class LangChainClientTest {
    @TempDir
    private static Path folder;

    private static ModelServer server;

    @BeforeAll
    static void start() throws Exception {
        Path text = Files.writeString(
                folder.resolve("corpus.txt"),
                "user: how are you?\nassistant: well, and you?\nsystem: be kind\n".repeat(40));
        Path run = folder.resolve("talk");
        LanguageStudy.run(
                        text.toString(),
                        "train.epochs=1",
                        "train.steps_per_epoch=40",
                        "train.batch_size=8",
                        "model.layers=1",
                        "model.heads=2",
                        "model.hidden=32",
                        "model.context=96")
                .into(run, Listener.NONE);
        Path keys = Files.writeString(folder.resolve("keys.txt"), "chain infer chain-key-chain-key\n");
        ServerConfig config = new ServerConfig(
                "127.0.0.1", 0, new ServerConfig.Security(keys, null, false), Limits.DEFAULTS, 5, 60_000, null);
        server = ModelServer.start(config, List.of(new Place(run, "talk")), c -> c);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static OpenAiChatModel.OpenAiChatModelBuilder chat() {
        return OpenAiChatModel.builder()
                .baseUrl(server.url() + "/v1")
                .apiKey("chain-key-chain-key")
                .maxRetries(0)
                .modelName("talk");
    }

    @Test
    void chats() {
        ChatResponse answer = chat().temperature(0.0)
                .topP(0.9)
                .seed(3)
                .maxTokens(12)
                .build()
                .chat(SystemMessage.from("be kind"), UserMessage.from("how are you?"));
        assertThat(answer.aiMessage().text()).isNotEmpty();
        assertThat(answer.metadata().tokenUsage().outputTokenCount()).isEqualTo(12);
        assertThat(answer.metadata().finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(answer.metadata().modelName()).isEqualTo("talk");
    }

    @Test
    void streams() throws Exception {
        StringBuilder pieces = new StringBuilder();
        CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        OpenAiStreamingChatModel.builder()
                .baseUrl(server.url() + "/v1")
                .apiKey("chain-key-chain-key")
                .modelName("talk")
                .temperature(0.0)
                .maxCompletionTokens(20)
                .stop(List.of("zz"))
                .build()
                .chat("how are you?", new StreamingChatResponseHandler() {
                    @Override
                    public void onPartialResponse(String piece) {
                        pieces.append(piece);
                    }

                    @Override
                    public void onCompleteResponse(ChatResponse response) {
                        whole.complete(response);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        whole.completeExceptionally(failure);
                    }
                });
        ChatResponse response = whole.get(30, TimeUnit.SECONDS);
        assertThat(response.aiMessage().text()).isEqualTo(pieces.toString()).isNotEmpty();
        assertThat(response.metadata().finishReason()).isIn(FinishReason.LENGTH, FinishReason.STOP);
        assertThat(response.metadata().tokenUsage().inputTokenCount())
                .isEqualTo("user: how are you?\nassistant:".length());
    }

    @Test
    void embeds() {
        Embedding vector = OpenAiEmbeddingModel.builder()
                .baseUrl(server.url() + "/v1")
                .apiKey("chain-key-chain-key")
                .modelName("talk")
                .build()
                .embed("be kind")
                .content();
        assertThat(vector.dimension()).isEqualTo(32);
        double squares = 0;
        for (float value : vector.vector()) {
            squares += (double) value * value;
        }
        assertThat(squares).isCloseTo(1, within(1e-5));
    }

    @Test
    void understandsOurErrors() {
        assertThatThrownBy(() -> chat().modelName("tolk").build().chat("a"))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining("did you mean 'talk'?");
        assertThatThrownBy(() -> chat().responseFormat("json_object").build().chat("a"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("response_format is not supported");
    }
}
