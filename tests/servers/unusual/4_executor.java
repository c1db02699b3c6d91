/*
 * Right for lesson 4, and unusual: an NIO selector and the library's thread pool, with all its threads
 * started beforehand, on a virtual machine whose compiler at times works more than the reader.
 */
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;

class Main extends Loop {
  private final ThreadPoolExecutor pool;

  private Main(ServerSocketChannel listener, ThreadPoolExecutor pool) throws IOException {
    super(listener);
    this.pool = pool;
  }

  public static void main(String[] arguments) throws IOException {
    ThreadPoolExecutor pool =
      (ThreadPoolExecutor) Executors.newFixedThreadPool(Integer.parseInt(arguments[1]));
    pool.prestartAllCoreThreads();
    new Main(Loop.listen(Integer.parseInt(arguments[0])), pool).run();
  }

  /** One request of a client at a time is with the pool; meanwhile it is not watched. */
  @Override
  void onRequests(SelectionKey key, Client client) throws IOException {
    key.interestOps(0);
    pool.execute(() -> {
      byte[] reply = client.requests.answerOne();
      call(() -> answer(key, client, reply));
    });
  }

  private void answer(SelectionKey key, Client client, byte[] reply) {
    try {
      if (reply == null) {
        key.interestOps(SelectionKey.OP_READ);
        return;
      }
      client.unsent = ByteBuffer.wrap(reply);
      write(key, client);
    } catch (IOException | java.nio.channels.CancelledKeyException gone) {
      close(client.channel);
    }
  }

  @Override
  void write(SelectionKey key, Client client) throws IOException {
    client.channel.write(client.unsent);
    if (client.unsent.hasRemaining()) key.interestOps(SelectionKey.OP_WRITE);
    else if (client.requests.ends) close(client.channel);
    else onRequests(key, client);
  }
}
