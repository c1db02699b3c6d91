/** An order of the page, as it came: who is asked for it. */
import { Refused } from "./orders.ts";
import type { FaultSession } from "./fault_session.ts";

/** Does it. Throws `Refused` or `ServerFailed` when it cannot be done. */
export async function act(
  session: FaultSession,
  order: Record<string, unknown> | null,
): Promise<void> {
  if (order === null) throw new Refused("that is no order");
  const [number, line] = [Number(order.client), String(order.line ?? "")];
  switch (order.do) {
    case "start": {
      const sizes = order.sizes as Record<string, number> ?? {};
      await session.start(Number(order.lesson), sizes, String(order.whose));
      break;
    }
    case "show":
      await session.show(line);
      break;
    case "stop":
      await session.stop();
      break;
    case "scene":
      await session.scene(String(order.claim));
      break;
    case "prove":
      await session.prove(String(order.claim), String(order.whose));
      break;
    case "connect":
      await session.connect(Number(order.count ?? 1), line, order.deaf === true);
      break;
    case "reset":
      await session.resetClient(line);
      break;
    default:
      if (await actOnFault(session, order)) break;
      await session.act(number, String(order.do), line);
  }
}

/** What belongs to 'Find the fault'. Returns false when the order is another one. */
async function actOnFault(session: FaultSession, order: Record<string, unknown>): Promise<boolean> {
  if (order.do === "fault-draw") await session.drawFault(Number(order.lesson));
  else if (order.do === "fault-scene") await session.faultScene();
  else if (order.do === "fault-guess") await session.guessFault(String(order.claim));
  else return false;
  return true;
}
