// The tags in Vue's templates: `import "@bandeja/inbox/vue"`.
import type { HTMLAttributes, PublicProps } from "vue";
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

type Both<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void ? All : never;
type Emit = Both<
  { [Name in keyof BandejaEventMap]: (name: Name, event: BandejaEventMap[Name]) => void }[keyof BandejaEventMap]
>;

/** Templates are checked by the names that Vue gives properties: `api-base` is `apiBase`. */
type Camel<Name> = Name extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<Camel<Tail> & string>}` : Name;
type Bound<Attributes> = { [Name in keyof Attributes as Camel<Name> & string]: Attributes[Name] };

type Tag<Element, Props, Emitted> = new () => Element & {
  $props: HTMLAttributes & PublicProps & Props;
  $emit: Emitted;
};

declare module "vue" {
  interface GlobalComponents {
    "bandeja-inbox": Tag<BandejaInboxElement, Bound<BandejaInboxAttributes> & BandejaInboxProperties, Emit>;
    "bandeja-frame": Tag<BandejaFrameElement, Bound<BandejaInboxAttributes> & BandejaFrameProperties, Emit>;
    "bandeja-unread": Tag<BandejaUnreadElement, BandejaUnreadAttributes, (name: never) => void>;
  }
}
