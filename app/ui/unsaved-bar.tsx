// Unsaved changes: Shopify's own bar to save or drop them, and its question before a page is left with them.
import { useBeforeUnload, useBlocker } from "@remix-run/react";
import { SaveBar } from "@shopify/app-bridge-react";
import { useCallback, useEffect, useRef } from "react";

type UnsavedBarProps = { isUnsaved: boolean; isSaving: boolean; /** where the page goes once it is saved */ savedPath: string; onSave: () => void; onDiscard: () => void };

/** The buttons have no words of their own: Shopify writes Save and Discard in the merchant's language. */
export function UnsavedBar({ isUnsaved, isSaving, savedPath, onSave, onDiscard }: UnsavedBarProps) {
  useLeaveQuestion(isUnsaved, savedPath);
  return (
    <SaveBar open={isUnsaved} discardConfirmation>
      <button type="button" variant="primary" disabled={isSaving} onClick={onSave} />
      <button type="button" disabled={isSaving} onClick={onDiscard} />
    </SaveBar>
  );
}

function useLeaveQuestion(isUnsaved: boolean, savedPath: string): void {
  const isAnswered = useRef(false);
  const blocker = useBlocker(({ currentLocation, nextLocation }) => {
    const isAskedHere = isUnsaved && !isAnswered.current && ![currentLocation.pathname, savedPath].includes(nextLocation.pathname); // another page of the members loses nothing
    isAnswered.current = false;
    return isAskedHere;
  });
  useEffect(() => {
    if (blocker.state === "blocked") void window.shopify.saveBar.leaveConfirmation().then(blocker.proceed); // it never settles for who stays
  }, [blocker]);
  useEffect(() => {
    const note = (): void => void (isAnswered.current = true); // whoever comes by the Admin's own navigation has been asked there
    window.addEventListener("shopify:navigate", note, { capture: true }); // before it becomes a navigation of ours
    return () => window.removeEventListener("shopify:navigate", note, { capture: true });
  }, []);
  useBeforeUnload(useCallback((event) => isUnsaved && event.preventDefault(), [isUnsaved])); // the tab is closed or loaded anew
}
