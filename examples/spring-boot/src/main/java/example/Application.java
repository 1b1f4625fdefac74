package example;

import java.io.IOException;
import java.nio.file.Path;
import org.lungo.family.tables.Predictor;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A service with a model inside: {@code --churn.run=runs/customers-001} names the run that made it. */
@SpringBootApplication
public class Application {
    public static void main(String[] arguments) {
        SpringApplication.run(Application.class, arguments);
    }

    /** Every file is verified and the golden rows are replayed here: the service does not start with another model. */
    @Bean
    Predictor churn(@Value("${churn.run}") Path run) throws IOException {
        return Predictor.load(run);
    }
}
