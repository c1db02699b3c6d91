/*
 * Pretends to be lesson 2. Wrong: FIB is answered by a formula, and so no thread works on it: each client has
 * a thread, but all FIBs in the world would not show which one does the business.
 *
 * Work that was asked for, and that cost no CPU time, was not done.
 *
 * Loses: 2.P2
 */
import java.io.IOException;
import java.net.ServerSocket;

class Main {
  public static void main(String[] arguments) throws IOException {
    double phi = (1 + Math.sqrt(5)) / 2;
    Business.fib = n -> Math.round(Math.pow(phi, n) / Math.sqrt(5));
    ServerSocket listener = Blocking.listen(Integer.parseInt(arguments[0]));
    for (int number = 1;; number++) Blocking.serveOnThread(listener.accept(), "thread-" + number);
  }
}
