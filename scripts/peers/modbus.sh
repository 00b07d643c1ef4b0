# needs: python3:pymodbus python3:serial_asyncio
# expect: tcp/502 modbus modbus
cat >server.py <<'PY'
from pymodbus.server import StartTcpServer
from pymodbus.datastore import ModbusSlaveContext, ModbusServerContext
StartTcpServer(context=ModbusServerContext(slaves=ModbusSlaveContext(), single=True), address=("0.0.0.0", 502))
PY
cat >client.py <<'PY'
from pymodbus.client import ModbusTcpClient
c = ModbusTcpClient("10.77.0.1", port=502); c.connect()
c.write_register(3, 7, slave=1); c.read_holding_registers(3, 2, slave=1); c.read_coils(0, 8, slave=1)
c.write_coils(1, [True] * 3, slave=1); c.read_input_registers(70000 % 65536, 1, slave=1); c.close()
PY
serve /usr/bin/python3 server.py
await tcp 502
/usr/bin/python3 client.py
