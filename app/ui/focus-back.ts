// A form that opens over the page gives the focus back when it goes.
import { useEffect, useState } from "react";

/** Who came by keyboard goes on where they were, if that is still there. */
export function useFocusBack(): void {
  const [opener] = useState(() => document.activeElement);
  useEffect(() => () => {
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
  }, [opener]);
}
