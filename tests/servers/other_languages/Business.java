/* The business for servers in Java: what each command does. */
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntToLongFunction;

class Business {
  private static final int MOST_SLEEP_MS = 60_000, MOST_FIB = 45;
  private static final Map<String, int[]> WORDS = Map.of(
    "PING", new int[] {1, 2}, "ECHO", new int[] {2, 2}, "SLEEP", new int[] {2, 2}, "FIB", new int[] {2, 2},
    "WHO", new int[] {1, 1}, "INFO", new int[] {1, 2}, "QUIT", new int[] {1, 1});
  private static final AtomicLong commands = new AtomicLong();

  /** What FIB does; a server that pretends puts something else here. */
  static IntToLongFunction fib = Business::slowFib;

  private static long slowFib(int n) { return n < 2 ? n : slowFib(n - 1) + slowFib(n - 2); }

  /** Does one request's business, on the calling thread. Empty for an empty request. */
  static byte[] run(List<byte[]> words) {
    if (words.isEmpty()) return new byte[0];
    commands.incrementAndGet();
    String given = new String(words.get(0), StandardCharsets.ISO_8859_1), name = given.toUpperCase();
    int[] bounds = WORDS.get(name);
    if (bounds == null) return error("unknown command '" + given.substring(0, Math.min(128, given.length())) + "'");
    if (words.size() < bounds[0] || words.size() > bounds[1]) {
      return error("wrong number of arguments for '" + name.toLowerCase() + "' command");
    }
    switch (name) {
      case "PING": case "ECHO": return words.size() == 1 ? Resp.bytes("+PONG\r\n") : bulk(words.get(1));
      case "WHO": return bulk(Resp.bytes(Thread.currentThread().getName()));
      case "INFO": return bulk(Resp.bytes("pid:" + ProcessHandle.current().pid() + "\r\ntotal_commands:" + commands + "\r\n"));
      case "QUIT": return Resp.bytes("+OK\r\n");
      default: return countOrWait(name, new String(words.get(1), StandardCharsets.ISO_8859_1));
    }
  }

  private static byte[] countOrWait(String name, String argument) {
    int value = Resp.number(argument, name.equals("FIB") ? MOST_FIB : MOST_SLEEP_MS);
    if (value < 0) return error("value is not an integer or out of range");
    if (name.equals("FIB")) return Resp.bytes(":" + fib.applyAsLong(value) + "\r\n");
    try {
      Thread.sleep(value);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return Resp.bytes("+OK\r\n");
  }

  static byte[] error(String text) { return Resp.bytes("-ERR " + text + "\r\n"); }

  private static byte[] bulk(byte[] text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(Resp.bytes("$" + text.length + "\r\n"));
    out.writeBytes(text);
    out.writeBytes(Resp.bytes("\r\n"));
    return out.toByteArray();
  }
}
