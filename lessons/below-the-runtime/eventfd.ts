/** An eventfd: how a thread that is blocked in `epoll_wait` is woken by another thread. */
import { Epoll, EPOLLIN } from "../../models/parts/kernel/epoll.ts";
import { libc } from "../../models/parts/kernel/libc.ts";

const WITHOUT_END = -1;
const eventfd = libc().eventfd(0, 0);
const epoll = new Epoll();
epoll.add(eventfd, EPOLLIN);

const other = new Worker(new URL("writing_thread.ts", import.meta.url), { type: "module" });
let messages = 0;
other.onmessage = () => console.log(`main: message ${++messages} is received`);
other.postMessage(eventfd);

console.log("main: blocked in epoll_wait, with an eventfd in its list");
epoll.wait(WITHOUT_END, () => console.log("main: woken, the eventfd can be read"));
const count = new BigUint64Array(1);
libc().eventfd_read(eventfd, new Uint8Array(count.buffer));
console.log(`main: ${count[0]} was written to it; of messages ${messages} were received`);
epoll.close();
libc().close(eventfd);
