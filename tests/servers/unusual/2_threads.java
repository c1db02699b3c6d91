/*
 * Right for lesson 2, and unusual: a Java thread for each connection, beside the virtual machine's own
 * threads, of which some start late and one compiles what is called often.
 */
import java.io.IOException;
import java.net.ServerSocket;

class Main {
  public static void main(String[] arguments) throws IOException {
    ServerSocket listener = Blocking.listen(Integer.parseInt(arguments[0]));
    for (int number = 1;; number++) Blocking.serveOnThread(listener.accept(), "thread-" + number);
  }
}
