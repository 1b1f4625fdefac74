package example;

import java.util.Map;
import org.lungo.data.DataException;
import org.lungo.family.tables.Prediction;
import org.lungo.family.tables.Predictor;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Whether a customer will leave. */
@RestController
class ChurnController {
    private final Predictor predictor;

    ChurnController(Predictor predictor) {
        this.predictor = predictor;
    }

    @PostMapping("/churn")
    Prediction churn(@RequestBody Map<String, Object> customer) {
        return predictor.predict(customer);
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.BAD_REQUEST)
    Map<String, String> badRow(DataException e) {
        return Map.of("error", String.valueOf(e.getMessage()));
    }
}
