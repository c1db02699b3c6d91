/** The target cannot be started, or does not listen: nobody's claim is to be judged by that. */
export class TargetError extends Error {
  override name = "TargetError";
}
