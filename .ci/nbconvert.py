"""Configuration of nbconvert for .ci/notebooks.mjs.

On a busy machine Deno's kernel may say that a cell is done before it has sent all that the cell shows (seen with Deno 2.9.6:
one output in forty). Jupyter's own pages take such late messages. nbclient, which nbconvert runs cells with, drops them: here
it listens a little longer.
"""
from queue import Empty

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete

SECONDS = 0.4
until_idle = NotebookClient._async_poll_output_msg


async def until_quiet(self, parent_msg_id, cell, cell_index):
    await until_idle(self, parent_msg_id, cell, cell_index)
    while True:
        try:
            message = await self.kc.iopub_channel.get_msg(timeout=SECONDS)
        except Empty:
            return
        if message["parent_header"].get("msg_id") == parent_msg_id:
            try:
                self.process_message(message, cell, cell_index)
            except CellExecutionComplete:
                pass


NotebookClient._async_poll_output_msg = until_quiet
