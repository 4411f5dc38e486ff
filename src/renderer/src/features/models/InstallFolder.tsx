import { FolderInput } from 'lucide-react'
import { useState } from 'react'
import { client } from '../../api/client.ts'
import { Button } from '../../components/Button.tsx'
import { Panel } from '../../components/Page.tsx'
import { reportError } from '../../notices/report-error.ts'
import { PathField } from '../../path-picker/PathField.tsx'

/** Installs a model from a folder of this machine: the way that needs no network. */
export function InstallFolder() {
  const [path, setPath] = useState('')
  return (
    <Panel title="Install from a folder">
      <form
        className="install-folder"
        onSubmit={(event) => {
          event.preventDefault()
          client.models.install({ from: 'folder', path: path.trim() }).catch(reportError)
        }}
      >
        <PathField
          label="Folder of the model"
          value={path}
          kind="folder"
          onChange={setPath}
          hint="A folder with pack.json, or with config.json, preprocessor_config.json, tokenizer.json and onnx/*.onnx as model hubs have them. It is copied and checked."
        />
        <Button type="submit" icon={FolderInput} disabled={path.trim() === ''}>
          Install
        </Button>
      </form>
    </Panel>
  )
}
