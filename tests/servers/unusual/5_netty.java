/*
 * Right for lesson 5, and unusual: one thread that accepts and N selectors, as Netty is built, on a Java
 * virtual machine.
 */
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

class Main {
  public static void main(String[] arguments) throws IOException {
    Loop[] loops = new Loop[Integer.parseInt(arguments[1])];
    for (int i = 0; i < loops.length; i++) {
      Loop loop = loops[i] = new Loop(null);
      Thread thread = new Thread(() -> runForEver(loop), "io-" + (i + 1));
      thread.setDaemon(true);
      thread.start();
    }
    ServerSocketChannel listener = Loop.listen(Integer.parseInt(arguments[0]));
    for (int next = 0;; next = (next + 1) % loops.length) {
      Loop loop = loops[next];
      SocketChannel accepted = listener.accept();
      loop.call(() -> loop.add(accepted));
    }
  }

  private static void runForEver(Loop loop) {
    try {
      loop.run();
    } catch (IOException broken) {
      System.exit(1);
    }
  }
}
