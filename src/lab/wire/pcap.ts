import type { Segment } from '../../../wasm-redis/machine.ts';
import { encodePcap, type TimedPacket } from './pcap-file.ts';
import { TcpConversation } from './tcp-conversation.ts';

/**
 * A capture file for Wireshark: all segments as IPv4 and TCP, by the machine's clock.
 *
 * @param epochMs what the machine's uptime 0 is, milliseconds since the Unix epoch
 */
export function pcapOf(segments: readonly Segment[], epochMs: number): Uint8Array<ArrayBuffer> {
  const packets: TimedPacket[] = [];
  const conversations = new Map<number, TcpConversation>();
  const epochUs = Math.round(epochMs * 1000);
  // What is sent again is reported when it arrives. Sorting keeps the order of what has one time.
  for (const segment of segments.toSorted((a, b) => a.uptimeMs - b.uptimeMs)) {
    let conversation = conversations.get(segment.connection);
    if (!conversation) {
      conversation = new TcpConversation(epochUs, (packet) => packets.push(packet));
      conversations.set(segment.connection, conversation);
    }
    conversation.add(segment);
  }
  return encodePcap(packets);
}
