BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
    $widths = 80, 100, 120, 200
}

Describe "Tables$obstacle" -Skip:($obstacle -ne '') {
    BeforeAll {
        . $PSScriptRoot/Support.ps1

        # The lines of a table, without the blank ones around it.
        function Get-Line([int] $Width) {
            begin { $all = @() }
            process { $all += , $_ }
            end { ($all | Out-String -Width $Width).Split("`n").TrimEnd() | Where-Object { $_ } }
        }

        $long = 'fd00:1234:5678:9abc:def0:1234:5678:9abc'
        $hop = 'fd00:1234:5678:9abc:def0:1234:5678:9ab1'
        $ns = Get-FreshNamespace
        $null = Invoke-Ip -n $ns link add interface123456 type veth peer name v1
        foreach ($end in 'interface123456', 'v1') {
            $null = Invoke-Ip -n $ns link set $end addrgenmode none
            $null = Invoke-Ip -n $ns link set $end up
        }

        $null = Invoke-Ip -n $ns address add "$long/64" dev interface123456 nodad
        $null = Invoke-Ip -n $ns address add ::ffff:192.168.100.200/96 dev interface123456 nodad
        $null = Invoke-Ip -n $ns -6 route add fd01:1234:5678:9abc:def0:1234:5678:9abc via $hop dev interface123456
        $null = Invoke-Ip -n $ns route add 203.0.113.0/24 dev v1 metric 4294967295
        $cni = @"
{ "cniVersion": "1.0.0", "ips": [{ "address": "$long/64", "gateway": "$hop" }],
  "routes": [{ "dst": "::/0" }, { "dst": "fd02::/64" }, { "dst": "fd03::/64" }, { "dst": "fd04::/64" }, { "dst": "fd05::/64" }] }
"@ | ConvertFrom-CniResult
    }

    AfterAll {
        Remove-IfThere $ns
    }

    Context 'at <_> columns' -ForEach $widths {
        BeforeAll {
            $width = $_
            $tables = @{
                Route = Get-NetRoute -NetNamespace $ns | Get-Line $width
                Address = Get-NetIPAddress -NetNamespace $ns | Get-Line $width
                Adapter = Get-NetAdapter -NetNamespace $ns | Get-Line $width
                Namespace = Get-NetNamespace $ns | Get-Line $width
                CniAddress = $cni | Get-Line $width
                CniRoute = $cni.Routes | Get-Line $width
            }
        }

        It 'fits each line to the width and each header on its own line' {
            foreach ($table in $tables.Values) {
                $table | ForEach-Object { $_.Length | Should -BeLessOrEqual $width }
                $table[1] | Should -Match '^[- ]+$'
            }
        }

        It 'cuts nothing' {
            "$($tables.Values)" | Should -Not -Match '…'
        }

        It 'shows the whole key of <Table> first' -ForEach @(
            @{ Table = 'Route'; Key = 'fd01:1234:5678:9abc:def0:1234:5678:9abc/128' }
            @{ Table = 'Route'; Key = '203.0.113.0/24' }
            @{ Table = 'Address'; Key = 'fd00:1234:5678:9abc:def0:1234:5678:9abc' }
            @{ Table = 'Address'; Key = '::ffff:192.168.100.200' }
            @{ Table = 'Adapter'; Key = 'interface123456' }
            @{ Table = 'CniAddress'; Key = 'fd00:1234:5678:9abc:def0:1234:5678:9abc' }
            @{ Table = 'CniRoute'; Key = 'fd02::/64' }
        ) {
            @($tables[$Table] | Where-Object { $_.StartsWith("$Key ") -or $_ -eq $Key }) | Should -HaveCount 1
        }

        It 'shows the interface of routes and addresses, MTU as number' {
            @($tables.Route -match '^fd01\S+ interface123456 ') | Should -HaveCount 1
            @($tables.Address -match '^fd00\S+ +64 interface123456 +\d+') | Should -HaveCount 1
            @($tables.Adapter -match '^v1 +\d+ \w+ +1500 ') | Should -HaveCount 1
        }

        It 'shows the whole next hop, over lines where it is narrow' {
            $start = $tables.Route[1].LastIndexOf(' -') # the last column at 80 columns
            if ($width -gt 80) {
                @($tables.Route -match "^fd01\S+ interface123456 $hop") | Should -HaveCount 1
            }
            else {
                $rows = $tables.Route | Select-Object -Skip ($tables.Route.IndexOf(($tables.Route -match '^fd01')[0])) -First 2
                -join ($rows | ForEach-Object { $_.Substring($start + 1).Trim() }) | Should -Be $hop
            }
        }
    }

    It 'shows every column at 200' {
        (Get-NetRoute -NetNamespace $ns | Get-Line 200)[0] -split ' +' | Should -Be @(
            'DestinationPrefix', 'InterfaceAlias', 'NextHop', 'RouteMetric', 'ifIndex', 'RouteType', 'Scope', 'RouteTable', 'PreferredSource',
            'Protocol')
        ($cni | Get-Line 200) -match '(fd0\d::|::)/\d+$' | Should -HaveCount 5 -Because 'a list has a line an item'
    }

    It 'shows the first row before the last route is read' {
        $seen = [System.Collections.Generic.List[string]]::new()
        Get-NetRoute -NetNamespace $ns -RouteTable all | ForEach-Object { $seen.Add('read'); $_ } |
            Out-String -Stream -Width 80 | ForEach-Object { $seen.Add($_) }
        $seen.IndexOf('read') | Should -BeLessThan $seen.FindIndex({ param($line) $line -like 'DestinationPrefix*' })
        $seen.FindIndex({ param($line) $line -like 'DestinationPrefix*' }) | Should -BeLessThan $seen.LastIndexOf('read')
    }
}

# Objects of a node, by the name of their type alone: what is shown here is the views.
Describe 'Tables of a node at <_> columns' -ForEach 80, 100, 120, 200 {
    BeforeAll {
        $width = $_
        $id = '0123456789abcdef' * 4
        $address = 'fd00:1234:5678:9abc:def0:1234:5678:9abc'
        $egress = [pscustomobject]@{
            PSTypeName = 'EgressNet.ContainerEgress'; ContainerId = $id; Network = 'egress'; Name = 'interface123456'
            Addresses = '255.255.255.255/32', "$address/128"; HostInterface = 'veth01234567890'; Mtu = 65535
            NetNamespace = "cni-$([guid]::Empty)"
        }
        $difference = [pscustomobject]@{
            PSTypeName = 'EgressNet.EgressDifference'; Kind = 'DuplicateAddressDetection'; Subject = 'veth01234567890'
            Expected = "$address/128 scope Global"; Actual = 'missing'
        }
        $objects = @{
            Egress = $egress
            Test = [pscustomobject]@{
                PSTypeName = 'EgressNet.ContainerEgressTest'; ContainerEgress = "egress/$id/eg0"; InDesiredState = $false
                Findings = 'HostMtu of veth01234567890: 1400, not 1500', 'Nat of 10.1.0.5: missing, not masquerade'
            }
            Difference = $difference
            Address = [pscustomobject]@{
                PSTypeName = 'EgressNet.EgressAddress'; IPAddress = $address; PrefixLength = 128; Gateway = $address
                Nat = 'Masquerade'; NatAddress = $null; PortRandomization = 'None'
            }
            Nat = [pscustomobject]@{
                PSTypeName = 'EgressNet.EgressNat'; IPAddress = $address; Nat = 'Masquerade'; ContainerId = $id
                NatAddress = '203.0.113.100'; PortRandomization = 'FullyRandom'; Network = 'egress'
            }
            Veth = [pscustomobject]@{
                PSTypeName = 'EgressNet.EgressVeth'; InterfaceAlias = 'interface123456'; HostInterface = 'veth01234567890'
                Mtu = 65535; NetNamespace = "cni-$([guid]::Empty)"; Sandbox = "/run/netns/cni-$([guid]::Empty)"
            }
        }
        $tables = @{}
        foreach ($name in $objects.Keys) {
            $tables[$name] = ($objects[$name] | Out-String -Width $width).Split("`n").TrimEnd() | Where-Object { $_ }
        }

        # What stands in a column, over all its lines.
        function Get-Cell([string[]] $Table, [string] $Header) {
            $start = $Table[0].IndexOf($Header)
            $length = ($Table[1].Substring($start) -replace '(?<=-) .*').Length
            $next = $Table[0].IndexOf(($Table[0].Substring($start) -split ' +')[1], $start + $length)
            $end = if ($next -gt $start) { $next - 1 } else { $width }
            -join ($Table | Select-Object -Skip 2 | ForEach-Object {
                    $_.PadRight($width).Substring($start, $end - $start).Trim()
                })
        }
    }

    It 'cuts nothing, and keeps within the width' {
        foreach ($table in $tables.Values) {
            "$table" | Should -Not -Match '…'
            $table | ForEach-Object { $_.Length | Should -BeLessOrEqual $width }
            $table[1] | Should -Match '^[- ]+$'
        }
    }

    It 'shows the whole key of <Table>' -ForEach @(
        @{ Table = 'Egress'; Header = 'ContainerId'; Value = '0123456789abcdef' * 4 }
        @{ Table = 'Egress'; Header = 'Network'; Value = 'egress' }
        @{ Table = 'Egress'; Header = 'Name'; Value = 'interface123456' }
        @{ Table = 'Test'; Header = 'ContainerEgress'; Value = "egress/$('0123456789abcdef' * 4)/eg0" }
        @{ Table = 'Difference'; Header = 'Kind'; Value = 'DuplicateAddressDetection' }
        @{ Table = 'Difference'; Header = 'Actual'; Value = 'missing' }
        @{ Table = 'Address'; Header = 'IPAddress'; Value = 'fd00:1234:5678:9abc:def0:1234:5678:9abc' }
        @{ Table = 'Nat'; Header = 'IPAddress'; Value = 'fd00:1234:5678:9abc:def0:1234:5678:9abc' }
        @{ Table = 'Nat'; Header = 'ContainerId'; Value = '0123456789abcdef' * 4 }
        @{ Table = 'Veth'; Header = 'InterfaceAlias'; Value = 'interface123456' }
        @{ Table = 'Veth'; Header = 'NetNamespace'; Value = "cni-$([guid]::Empty)" }
    ) {
        Get-Cell $tables[$Table] $Header | Should -Be $Value
    }

    It 'has a line for each address and each finding' {
        @($tables.Egress -match ' 255\.255\.255\.255/32') | Should -HaveCount 1
        @($tables.Test -match ' HostMtu of ') | Should -HaveCount 1
        @($tables.Test -match ' Nat of ') | Should -HaveCount 1
    }
}
