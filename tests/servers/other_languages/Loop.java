/* An event loop over NIO's selectors. */
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One connection. It is read again only when its replies are written. */
class Client {
  final SocketChannel channel;
  final Resp requests = new Resp();
  ByteBuffer unsent = ByteBuffer.allocate(0);

  Client(SocketChannel channel) { this.channel = channel; }
}

/** Waits for its sockets, reads, works and writes on the thread that calls `run`. */
class Loop {
  final Selector selector;
  private final ServerSocketChannel listener;
  private final ConcurrentLinkedQueue<Runnable> calls = new ConcurrentLinkedQueue<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(65536);

  /** @param listener null for a loop that is given its clients. */
  Loop(ServerSocketChannel listener) throws IOException {
    this.selector = Selector.open();
    this.listener = listener;
    if (listener == null) return;
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
  }

  static ServerSocketChannel listen(int port) throws IOException {
    return ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", port), 511);
  }

  /** Has the loop's own thread do something. May be called by any thread. */
  void call(Runnable what) {
    calls.add(what);
    selector.wakeup();
  }

  void run() throws IOException {
    for (;;) {
      selector.select();
      for (Runnable what = calls.poll(); what != null; what = calls.poll()) what.run();
      for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext();) {
        SelectionKey key = keys.next();
        keys.remove();
        if (key.isValid() && key.isAcceptable()) add(listener.accept());
        else if (key.isValid()) onReady(key);
      }
    }
  }

  void add(SocketChannel channel) {
    if (channel == null) return;
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.register(selector, SelectionKey.OP_READ, new Client(channel));
    } catch (IOException gone) {
      close(channel);
    }
  }

  /** A client's socket can be read, or written. */
  void onReady(SelectionKey key) { onReady(key, buffer); }

  void onReady(SelectionKey key, ByteBuffer buffer) {
    Client client = (Client) key.attachment();
    try {
      if (key.isWritable()) {
        write(key, client);
        return;
      }
      buffer.clear();
      int count = client.channel.read(buffer);
      if (count < 0) {
        close(client.channel);
        return;
      }
      client.requests.push(buffer.array(), count);
      onRequests(key, client);
    } catch (IOException gone) {
      close(client.channel);
    }
  }

  /** Bytes have come. */
  void onRequests(SelectionKey key, Client client) throws IOException {
    client.unsent = ByteBuffer.wrap(client.requests.answerAll());
    write(key, client);
  }

  /** Writes what the kernel takes, and waits for room or for the next bytes. */
  void write(SelectionKey key, Client client) throws IOException {
    client.channel.write(client.unsent);
    boolean done = !client.unsent.hasRemaining();
    if (done && client.requests.ends) close(client.channel);
    else key.interestOps(done ? SelectionKey.OP_READ : SelectionKey.OP_WRITE);
  }

  void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException gone) {
      // It is closed all the same.
    }
  }
}
