/* Sockets that block: one connection is served by the thread that calls. */
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

class Blocking {
  static ServerSocket listen(int port) throws IOException {
    return new ServerSocket(port, 511, InetAddress.getByName("127.0.0.1"));
  }

  /** Reads, works and writes until the client ends, or asks for the end. Closes the connection. */
  static void serve(Socket accepted) {
    try (Socket connection = accepted) {
      connection.setTcpNoDelay(true);
      InputStream in = connection.getInputStream();
      Resp requests = new Resp();
      byte[] chunk = new byte[65536];
      for (int count; !requests.ends && (count = in.read(chunk)) >= 0;) {
        requests.push(chunk, count);
        connection.getOutputStream().write(requests.answerAll());
      }
    } catch (IOException gone) {
      // That client is gone.
    }
  }

  static void serveOnThread(Socket accepted, String name) {
    Thread thread = new Thread(() -> serve(accepted), name);
    thread.setDaemon(true);
    thread.start();
  }
}
