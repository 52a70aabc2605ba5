// What views are written with: preact, its hooks, signals, and htm bound to preact. State lives in models/, not here.
// Loading signals makes a component that reads `something.value` in its body render again when it changes.
import { Fragment, createContext, h, render } from "../vendor/preact.js";
import {
  useCallback, useContext, useEffect, useId, useLayoutEffect, useMemo, useRef, useState,
} from "../vendor/hooks.js";
import htm from "../vendor/htm.js";
import {
  batch, computed, effect, signal, untracked, useComputed, useSignal, useSignalEffect,
} from "../vendor/signals.js";

const html = htm.bind(h);

export {
  Fragment, batch, computed, createContext, effect, html, render, signal, untracked, useCallback, useComputed,
  useContext, useEffect, useId, useLayoutEffect, useMemo, useRef, useSignal, useSignalEffect, useState,
};
