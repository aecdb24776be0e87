// The tags in JSX, for React 19 and newer: `import "@bandeja/inbox/react"`.
import type { ClassAttributes, HTMLAttributes } from "react";
import type {
  BandejaEventMap,
  BandejaFrameElement,
  BandejaFrameProperties,
  BandejaInboxAttributes,
  BandejaInboxElement,
  BandejaInboxProperties,
  BandejaUnreadAttributes,
  BandejaUnreadElement,
} from "./index.js";

export * from "./index.js";

/** Listeners as properties: `onbandeja:ready`. */
export type BandejaListeners = {
  [Name in keyof BandejaEventMap as `on${Name}`]?: ((event: BandejaEventMap[Name]) => void) | undefined;
};

type Of<Element extends HTMLElement> = HTMLAttributes<Element> & ClassAttributes<Element>;

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "bandeja-inbox": Of<BandejaInboxElement> & BandejaInboxAttributes & BandejaInboxProperties & BandejaListeners;
      "bandeja-frame": Of<BandejaFrameElement> & BandejaInboxAttributes & BandejaFrameProperties & BandejaListeners;
      "bandeja-unread": Of<BandejaUnreadElement> & BandejaUnreadAttributes;
    }
  }
}
