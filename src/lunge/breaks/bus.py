"""The D-Bus of a Linux desktop: a question is answered, or the answer is None."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from dbus_fast import BusType, DBusError, Message, MessageType, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.errors import AuthError, InvalidAddressError

PROPERTIES: Final = "org.freedesktop.DBus.Properties"
"""The interface through which every object gives its properties."""

ANSWER_S: Final = 5.0
"""A service that says nothing for this long is taken for absent."""

Target = tuple[str, str, str]
"""A service, an object in it, an interface of that."""

FAILURES: Final = (OSError, EOFError, DBusError, AuthError, InvalidAddressError, TimeoutError)
"""What comes instead of an answer."""


class Bus:
    """A connection to one bus; without a bus nobody answers.

    Parameters
    ----------
    kind : {'session', 'system'}
    """

    def __init__(self, kind: str) -> None:
        self._kind = BusType.SYSTEM if kind == "system" else BusType.SESSION
        self._bus: MessageBus | None = None

    @property
    def is_open(self) -> bool:
        """Whether there is a bus."""
        return self._bus is not None and self._bus.connected

    async def open(self) -> bool:
        """Connect, and return whether that worked."""
        # dbus-fast looks for a bus by itself, and has several ways to say that there is none.
        with suppress(*FAILURES, KeyError, ValueError):
            self._bus = await asyncio.wait_for(MessageBus(bus_type=self._kind).connect(), ANSWER_S)
        return self.is_open

    async def ask(self, target: Target, member: str, signature: str = "", *body: Any) -> Any:
        """Return what a method answers.

        Parameters
        ----------
        target : Target
        member : str
            The method.
        signature : str
            The D-Bus types of `body`, such as ``ss``.
        *body : object
            What the method is given.

        Returns
        -------
        object
            The first value of the answer, True where it is empty, None where nobody answers within `ANSWER_S`.
        """
        if self._bus is None or not self.is_open:
            return None
        service, path, interface = target
        message = Message(service, path, interface, member, signature=signature, body=list(body))
        try:
            answer = await asyncio.wait_for(self._bus.call(message), ANSWER_S)
        except FAILURES:
            return None
        if answer is None or answer.message_type is not MessageType.METHOD_RETURN:
            return None
        return _plain(answer.body[0]) if answer.body else True

    async def value(self, target: Target, name: str) -> Any:
        """Return a property.

        Parameters
        ----------
        target : Target
        name : str

        Returns
        -------
        object
            None where nobody has it.
        """
        service, path, interface = target
        return await self.ask((service, path, PROPERTIES), "Get", "ss", interface, name)

    async def hear(self, target: Target, member: str, heard: Callable[[list[Any]], None]) -> None:
        """Call back with each signal of that name, until the bus is closed.

        Parameters
        ----------
        target : Target
            Its service is not looked at: any may send.
        member : str
            The signal.
        heard : callable
            Given the values of each signal.
        """
        if self._bus is None:
            return
        _, path, interface = target

        def handler(message: Message) -> None:
            if message.message_type is MessageType.SIGNAL and (message.interface, message.member) == (
                interface,
                member,
            ):
                heard([_plain(part) for part in message.body])

        self._bus.add_message_handler(handler)
        rule = f"type='signal',interface='{interface}',member='{member}',path='{path}'"
        await self.ask(("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus"), "AddMatch", "s", rule)

    def close(self) -> None:
        """Disconnect."""
        if self._bus is not None:
            self._bus.disconnect()


def _plain(value: Any) -> Any:
    return _plain(value.value) if isinstance(value, Variant) else value
