/* The bytes of the protocol for servers in Java: requests in, replies out. */
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The bytes that came from one client, and the requests in them. */
class Resp {
  private static final int MOST_LINE = 64 * 1024, MOST_BULK = 512 * 1024, MOST_WORDS = 64;
  /** A malformed request. */
  static class ProtocolError extends Exception {
    ProtocolError(String what) { super(what); }
  }

  private byte[] data = new byte[0];
  /** Whether the connection is to be closed when everything is written. */
  boolean ends;

  void push(byte[] chunk, int length) {
    int before = data.length;
    data = Arrays.copyOf(data, before + length);
    System.arraycopy(chunk, 0, data, before, length);
  }

  /** Takes the first request; null when it has not come whole. */
  List<byte[]> take() throws ProtocolError {
    int end = lineEnd(0);
    if (end == 0) {
      if (data.length > MOST_LINE) throw new ProtocolError("too big inline request");
      return null;
    }
    List<byte[]> words = new ArrayList<>();
    int at = end;
    if (data[0] != '*') {
      for (String word : text(0, end).trim().split("[ \r]+")) if (!word.isEmpty()) words.add(bytes(word));
    } else {
      int count = header(0, end, '*', MOST_WORDS, "invalid multibulk length");
      for (int i = 0; i < count; i++) {
        int from = lineEnd(at);
        if (from == 0) return null;
        int length = header(at, from, '$', MOST_BULK, "invalid bulk length");
        if (data.length < from + length + 2) return null;
        words.add(Arrays.copyOfRange(data, from, from + length));
        at = from + length + 2;
      }
    }
    data = Arrays.copyOfRange(data, at, data.length);
    return words;
  }

  private int lineEnd(int at) {
    while (at < data.length) if (data[at++] == '\n') return at;
    return 0;
  }

  private int header(int at, int end, char mark, int most, String what) throws ProtocolError {
    int value = data[at] == mark ? number(text(at + 1, end).trim(), most) : -1;
    if (value < 0) throw new ProtocolError(what);
    return value;
  }

  private String text(int from, int end) {
    return new String(data, from, end - from, StandardCharsets.ISO_8859_1);
  }

  /** The whole number that the text is, from 0 to most; -1 when it is none of these. */
  static int number(String text, int most) {
    if (!text.matches("0|[1-9][0-9]{0,8}")) return -1;
    int value = Integer.parseInt(text);
    return value <= most ? value : -1;
  }

  static byte[] bytes(String text) { return text.getBytes(StandardCharsets.ISO_8859_1); }

  /** The reply to the next request; null when none has come whole. Sets `ends` behind the last one. */
  byte[] answerOne() {
    if (ends) return null;
    try {
      List<byte[]> words = take();
      if (words == null) return null;
      ends = words.size() == 1 && new String(words.get(0)).equalsIgnoreCase("QUIT");
      return Business.run(words);
    } catch (ProtocolError malformed) {
      ends = true;
      return Business.error("Protocol error: " + malformed.getMessage());
    }
  }

  /** Answers every request that has come whole. */
  byte[] answerAll() {
    ByteArrayOutputStream replies = new ByteArrayOutputStream();
    for (byte[] reply = answerOne(); reply != null; reply = answerOne()) replies.writeBytes(reply);
    return replies.toByteArray();
  }
}
