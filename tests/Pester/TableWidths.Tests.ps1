# Objects by the name of their type alone, with the widest values: what is shown here is the views.
Describe 'The table of <Type>' -ForEach @(
    $address = 'fd00:1234:5678:9abc:def0:1234:5678:9abc'
    $namespace = "cni-$([guid]::Empty)"
    @{ Type = 'NetRoute'; Key = "$address/128"; Shown = [ordered]@{
            DestinationPrefix = "$address/128"; InterfaceAlias = 'interface123456'; NextHop = $address; RouteMetric = 4294967295
            InterfaceIndex = 1234567; RouteType = 'Unreachable'; Scope = 'Nowhere'; RouteTable = 4294967295; PreferredSource = $address
            NextHops = 1..9; Protocol = 'Keepalived' } }
    @{ Type = 'NetIPAddress'; Key = $address; Shown = [ordered]@{
            IPAddress = $address; PrefixLength = 128; InterfaceAlias = 'interface123456'; InterfaceIndex = 1234567
            AddressState = 'Preferred'; Scope = 'Global'; NetNamespace = $namespace } }
    @{ Type = 'NetNeighbor'; Key = $address; Shown = [ordered]@{
            IPAddress = $address; LinkLayerAddress = '02:00:5e:10:00:01'; State = 'Unreachable'; InterfaceIndex = 1234567
            InterfaceAlias = 'interface123456'; NetNamespace = $namespace } }
    @{ Type = 'NetRouteRule'; Key = '4294967295'; Shown = [ordered]@{
            Priority = 4294967295; Selector = "not from $address/128 to $address/128 fwmark 0xffffffff iif interface123456"
            Action = 'Unreachable'; RouteTable = 4294967295; AddressFamily = 'IPv6'; Protocol = 'Keepalived'
            NetNamespace = $namespace } }
    @{ Type = 'NetAdapter'; Key = 'interface123456'; Shown = [ordered]@{
            Name = 'interface123456'; InterfaceIndex = 1234567; Status = 'Disconnected'; MtuSize = 65535
            MacAddress = '02:00:5e:10:00:01'; Kind = 'bridge'; NetNamespace = $namespace } }
    @{ Type = 'NetIPInterface'; Key = 'interface123456'; Shown = [ordered]@{
            InterfaceAlias = 'interface123456'; InterfaceIndex = 1234567; AddressFamily = 'IPv6'; NlMtu = 4294967295
            Forwarding = 'Disabled'; ConnectionState = 'Disconnected'; Dhcp = 'Disabled'; IPv6 = 'Disabled'; AcceptRa = 'Disabled'
            RpFilter = 'Disabled'; NetNamespace = $namespace } }
    @{ Type = 'NetTCPConnection'; Key = $address; Shown = [ordered]@{
            LocalAddress = $address; LocalPort = 65535; State = 'Established'; RemoteAddress = $address; RemotePort = 65535
            OwningProcess = 2147483647; NetNamespace = $namespace } }
    @{ Type = 'NetUDPEndpoint'; Key = $address; Shown = [ordered]@{
            LocalAddress = $address; LocalPort = 65535; OwningProcess = 2147483647; UserId = 4294967295; RemoteAddress = $address
            RemotePort = 65535; NetNamespace = $namespace } }
    @{ Type = 'EgressVeth'; Key = 'interface123456'; Shown = [ordered]@{
            InterfaceAlias = 'interface123456'; HostInterface = 'veth01234567890'; Mtu = 65535; NetNamespace = $namespace
            Sandbox = "/run/netns/$namespace" } }
    @{ Type = 'EgressNat'; Key = $address; Shown = [ordered]@{
            IPAddress = $address; Nat = 'Masquerade'; ContainerId = '0123456789abcdef' * 2; NatAddress = $address
            PortRandomization = 'FullyRandom'; Network = 'egress' } }
    @{ Type = 'ContainerEgress'; Key = '0123456789abcdef' * 2; Shown = [ordered]@{
            ContainerId = '0123456789abcdef' * 2; Network = 'egress'; Name = 'interface123456'
            Addresses = '255.255.255.255/32', "$address/128"; HostInterface = 'veth01234567890'; Mtu = 65535
            NetNamespace = $namespace } }
) {
    It 'fits each width from 79 to 200 uncut, with the whole key' {
        $object = [pscustomobject] $Shown
        $object.PSTypeNames.Insert(0, "EgressNet.$Type")
        $faults = foreach ($width in 79..200) {
            $text = $object | Out-String -Width $width
            $lines = $text.Split("`n").TrimEnd()
            if ($text.Contains('…')) { "$width cuts" }
            if (@($lines | Where-Object Length -GT $width)) { "$width is exceeded" }
            if (-not @($lines | Where-Object { $_ -eq $Key -or $_.StartsWith("$Key ") })) { "$width lacks the key" }
        }

        $faults | Should -BeNullOrEmpty
    }
}
