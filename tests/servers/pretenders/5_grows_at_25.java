/*
 * Pretends to be lesson 5. Wrong: every client beyond 24 gets an I/O thread of its own.
 *
 * Twenty clients cost no thread. A hundred cost 76.
 *
 * Loses: 5.P3
 */
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;

class Main extends Loop {
  private static final int MOST = 24;
  private static final AtomicInteger clients = new AtomicInteger();

  private Main() throws IOException { super(null); }

  public static void main(String[] arguments) throws IOException {
    Main[] loops = new Main[Integer.parseInt(arguments[1])];
    for (int i = 0; i < loops.length; i++) loops[i] = start("io-" + (i + 1));
    ServerSocketChannel listener = listen(Integer.parseInt(arguments[0]));
    for (int next = 0;; next = (next + 1) % loops.length) {
      SocketChannel accepted = listener.accept();
      Main loop = clients.incrementAndGet() > MOST ? start("io-more") : loops[next];
      loop.call(() -> loop.add(accepted));
    }
  }

  private static Main start(String name) throws IOException {
    Main loop = new Main();
    Thread thread = new Thread(loop::runForEver, name);
    thread.setDaemon(true);
    thread.start();
    return loop;
  }

  private void runForEver() {
    try {
      run();
    } catch (IOException broken) {
      System.exit(1);
    }
  }

  @Override
  void close(SocketChannel channel) {
    clients.decrementAndGet();
    super.close(channel);
  }
}
