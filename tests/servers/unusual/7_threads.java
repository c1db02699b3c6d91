/*
 * Right for lesson 7, and unusual: selectors that watch, and a new Java thread for each event, on a virtual
 * machine that starts and ends compiling threads as it sees fit.
 */
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

class Main extends Loop {
  private Main() throws IOException { super(null); }

  public static void main(String[] arguments) throws IOException {
    Main[] watchers = new Main[Integer.parseInt(arguments[1])];
    for (int i = 0; i < watchers.length; i++) {
      Main watcher = watchers[i] = new Main();
      daemon("watch-" + (i + 1), watcher::runForEver);
    }
    ServerSocketChannel listener = listen(Integer.parseInt(arguments[0]));
    for (int next = 0;; next = (next + 1) % watchers.length) {
      Main watcher = watchers[next];
      SocketChannel accepted = listener.accept();
      watcher.call(() -> watcher.add(accepted));
    }
  }

  private static void daemon(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void runForEver() {
    try {
      run();
    } catch (IOException broken) {
      System.exit(1);
    }
  }

  /** Whatever is ready is not watched until its thread is done with it. */
  @Override
  void onReady(SelectionKey key) {
    key.interestOps(0);
    daemon("event", () -> {
      super.onReady(key, java.nio.ByteBuffer.allocate(65536));
      selector.wakeup();
    });
  }
}
