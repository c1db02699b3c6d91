/*
 * Right for lesson 3, and unusual: NIO's selector on the main thread of a Java virtual machine, which
 * compiles and collects on threads of its own, now and then for longer than a request takes.
 */
class Main {
  public static void main(String[] arguments) throws java.io.IOException {
    new Loop(Loop.listen(Integer.parseInt(arguments[0]))).run();
  }
}
