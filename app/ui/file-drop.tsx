// A file that is chosen, or dropped here.
import { DropZone, Text } from "@shopify/polaris";

type FileDropProps = { label: string; /** of the file chosen, or what to do */ shown: string; limit: string; isDisabled: boolean; onChoose: (file: File) => void };

export function FileDrop({ label, shown, limit, isDisabled, onChoose }: FileDropProps) {
  const choose = ([file]: File[]): void => file && onChoose(file);
  return (
    <DropZone accept=".csv,.txt,text/csv" type="file" allowMultiple={false} variableHeight label={label} labelHidden disabled={isDisabled} onDropAccepted={choose} onDropRejected={choose}>
      <div className="regulars-drop"><Text as="span" fontWeight="medium">{shown}</Text><Text as="span" tone="subdued" variant="bodySm">{limit}</Text></div>
    </DropZone>
  );
}
