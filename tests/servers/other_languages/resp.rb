# The protocol and the business for servers in Ruby: bytes in, replies out.
module Resp
  MOST_LINE, MOST_BULK, MOST_WORDS = 64 * 1024, 512 * 1024, 64
  MOST_SLEEP_MS, MOST_FIB = 60_000, 45
  NUMBER = /\A(0|[1-9]\d{0,8})\z/
  WORDS = {
    "PING" => 1..2, "ECHO" => 2..2, "SLEEP" => 2..2, "FIB" => 2..2, "WHO" => 1..1, "INFO" => 1..2, "QUIT" => 1..1
  }.freeze

  class ProtocolError < StandardError; end

  @commands = 0

  module_function

  # Takes the first request out of the bytes; nil when it has not come whole.
  def take(data)
    line_end = data.index("\n")
    if line_end.nil?
      raise ProtocolError, "too big inline request" if data.bytesize > MOST_LINE
      return nil
    end
    return data.slice!(0..line_end).split unless data.start_with?("*")
    words, at = [], line_end + 1
    header(data[0..line_end], "*", MOST_WORDS, "invalid multibulk length").times do
      stop = data.index("\n", at) or return nil
      length = header(data[at..stop], "$", MOST_BULK, "invalid bulk length")
      return nil if data.bytesize < stop + 1 + length + 2
      words << data[stop + 1, length]
      at = stop + 1 + length + 2
    end
    data.slice!(0, at)
    words
  end

  def header(line, mark, most, what)
    number = line[1..].strip
    raise ProtocolError, what unless line.start_with?(mark) && number.match?(NUMBER) && number.to_i <= most
    number.to_i
  end

  def fib(n) = n < 2 ? n : fib(n - 1) + fib(n - 2)

  def bulk(text) = "$#{text.bytesize}\r\n".b + text.b + "\r\n"

  # Does one request's business, which may block. Returns the reply.
  def run(words)
    return "" if words.empty?
    @commands += 1
    name = words[0].upcase
    return "-ERR unknown command '#{words[0][0, 128]}'\r\n" unless WORDS.key?(name)
    unless WORDS[name].cover?(words.size)
      return "-ERR wrong number of arguments for '#{name.downcase}' command\r\n"
    end
    case name
    when "PING", "ECHO" then words[1].nil? ? "+PONG\r\n" : bulk(words[1])
    when "WHO" then bulk(Thread.current.name || "main")
    when "INFO" then bulk("pid:#{Process.pid}\r\ntotal_commands:#{@commands}\r\n")
    when "QUIT" then "+OK\r\n"
    else count_or_wait(name, words[1])
    end
  end

  def count_or_wait(name, argument)
    unless argument.match?(NUMBER) && argument.to_i <= (name == "FIB" ? MOST_FIB : MOST_SLEEP_MS)
      return "-ERR value is not an integer or out of range\r\n"
    end
    return ":#{fib(argument.to_i)}\r\n" if name == "FIB"
    sleep(argument.to_i / 1000.0)
    "+OK\r\n"
  end

  # Reads, works and writes until the client ends, or asks for the end. Closes the connection.
  def serve(connection)
    data = "".b
    connection.setsockopt(Socket::IPPROTO_TCP, Socket::TCP_NODELAY, 1)
    ended = false
    until ended
      data << connection.readpartial(65536)
      while !ended && (words = take(data))
        connection.write(run(words))
        ended = words.size == 1 && words[0].casecmp?("QUIT")
      end
    end
  rescue ProtocolError => e
    connection.write("-ERR Protocol error: #{e.message}\r\n")
  rescue IOError, SystemCallError
    # That client is gone.
  ensure
    connection.close
  end
end
