import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

public class HttpClientClient {
    public static void main(String[] arguments) throws Exception {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(arguments[0])).timeout(Duration.ofSeconds(5)).build();
        HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
    }
}
