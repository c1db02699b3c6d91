# Right for lesson 2, and unusual: a thread for each connection in Ruby, whose runtime keeps the system's
# thread of one that has ended for some seconds, and may let the next one have it.
#
# The program starts a thread with each connection, and it ends with it. What the runtime spares itself
# meanwhile is one thread, not a pool.
require "socket"
require_relative "../other_languages/resp"

listener = TCPServer.new("127.0.0.1", ARGV[0].to_i)
listener.listen(511)
(1..).each do |number|
  connection = listener.accept
  thread = Thread.new { Resp.serve(connection) }
  thread.name = "thread-#{number}"
end
