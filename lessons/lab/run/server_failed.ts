/** The server did not listen; the message has what it said, in one line. */
export class ServerFailed extends Error {
  override name = "ServerFailed";
}
