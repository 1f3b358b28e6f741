import java.net.URL;
import java.net.URLConnection;

public class UrlConnectionClient {
    public static void main(String[] arguments) throws Exception {
        URLConnection connection = new URL(arguments[0]).openConnection();
        connection.setConnectTimeout(5000);
        connection.setReadTimeout(5000);
        connection.getInputStream().readAllBytes();
    }
}
