// How a view reaches the Chat of the signed-in page, and the door it came in by. What they can do is in models/.
import { createContext, useContext } from "../lib/ui.js";

export const ChatContext = createContext(null);
export const DoorContext = createContext(null);

/** The one Chat, or null outside. */
export function useChat() {
  return useContext(ChatContext);
}

/** The Door: the server's public facts (`config`, with the password policy) are known there. */
export function useDoor() {
  return useContext(DoorContext);
}
