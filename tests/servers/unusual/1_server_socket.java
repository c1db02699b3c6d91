/*
 * Right for lesson 1, and unusual: blocking sockets in Java, on the main thread of a virtual machine that
 * has some twenty threads of its own, which compile and collect when it suits them.
 */
import java.io.IOException;
import java.net.ServerSocket;

class Main {
  public static void main(String[] arguments) throws IOException {
    ServerSocket listener = Blocking.listen(Integer.parseInt(arguments[0]));
    for (;;) Blocking.serve(listener.accept());
  }
}
