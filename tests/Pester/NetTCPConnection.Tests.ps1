BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "Sockets$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        $loopback = [ipaddress]::Loopback
        $listener = [System.Net.Sockets.TcpListener]::new($loopback, 0)
        $listener.Start()
        $port = $listener.LocalEndpoint.Port
        $client = [System.Net.Sockets.TcpClient]::new([System.Net.Sockets.AddressFamily]::InterNetwork)
        $client.Connect('127.0.0.1', $port)
        $server = $listener.AcceptTcpClient()
        $other = $client.Client.LocalEndPoint.Port
        $udp = [System.Net.Sockets.UdpClient]::new([System.Net.IPEndPoint]::new($loopback, 0))
        $datagrams = $udp.Client.LocalEndPoint.Port
        $ns = Get-FreshNamespace
    }

    AfterAll {
        $client, $server, $udp, $listener | ForEach-Object { ${_}?.Dispose() }
        Remove-IfThere $ns
    }

    It 'shows both ends of a connection, and who holds them' {
        $seen = Get-NetTCPConnection 127.0.0.1 $port -State Established
        $seen | Should -BeOfType 'EgressNet.NetTCPConnection'
        "$($seen.LocalPort) $($seen.RemoteAddress) $($seen.RemotePort) $($seen.State) $($seen.OwningProcess) $seen" |
            Should -Be "$port 127.0.0.1 $other Established $PID 127.0.0.1:$port 127.0.0.1:$other"
        $mine = Get-NetTCPConnection -OwningProcess $PID
        $mine.LocalPort | Should -Contain $port
        $mine.LocalPort | Should -Contain $other
    }

    It 'filters by <Filter>' -ForEach @(
        @{ Filter = '-LocalPort $port -State Listen'; Expected = 1 }
        @{ Filter = '-LocalPort $port, $other'; Expected = 3 }
        @{ Filter = '-RemotePort $port'; Expected = 1 }
        @{ Filter = '-LocalAddress 127.0.0.* -LocalPort $port'; Expected = 2 }
        @{ Filter = '-LocalPort $port -RemoteAddress 0.0.0.0'; Expected = 1 }
        @{ Filter = '-LocalPort $port -AddressFamily IPv4'; Expected = 2 }
        @{ Filter = '-LocalAddress 10.* '; Expected = 0 }
    ) {
        @(& ([scriptblock]::Create("Get-NetTCPConnection $Filter"))) | Should -HaveCount $Expected
    }

    It 'says what is not there: <Filter>' -ForEach @(
        @{ Filter = '-LocalPort 9'; Text = 'No socket has LocalPort 9.'; Target = 'LocalPort 9' }
        @{ Filter = '-LocalAddress 203.0.113.9'; Text = 'No socket has LocalAddress 203.0.113.9.'; Target = 'LocalAddress 203.0.113.9' }
        @{ Filter = '-LocalPort $port -AddressFamily IPv6'; Text = "No socket has LocalPort *"; Target = $null }
    ) {
        { & ([scriptblock]::Create("Get-NetTCPConnection $Filter -ErrorAction Stop")) } | Should -Throw $Text -ErrorId 'SocketNotFound,*'
        if ($Target) {
            $Error[0].TargetObject | Should -Be $Target
        }
    }

    It 'lists UDP endpoints' {
        $seen = Get-NetUDPEndpoint -LocalPort $datagrams
        $seen | Should -BeOfType 'EgressNet.NetUDPEndpoint'
        "$($seen.LocalAddress) $($seen.RemotePort) $($seen.OwningProcess)" | Should -Be "127.0.0.1 0 $PID"
        { Get-NetUDPEndpoint -LocalPort 9 -ErrorAction Stop } | Should -Throw -ErrorId 'SocketNotFound,*'
    }

    It 'lists those of the namespace alone' {
        Get-NetTCPConnection -NetNamespace $ns | Should -BeNullOrEmpty
        Get-NetNamespace $ns | Get-NetUDPEndpoint | Should -BeNullOrEmpty
        { Get-NetTCPConnection -LocalPort $port -NetNamespace $ns -ErrorAction Stop } | Should -Throw "*$port in $ns.*"
        { Get-NetTCPConnection -NetNamespace egp-none -ErrorAction Stop } | Should -Throw -ErrorId 'NetNamespaceNotFound,*'
    }

    It 'is the same as another reading, and sorts by value' {
        $first, $second = (Get-NetTCPConnection -LocalPort $port), (Get-NetTCPConnection -LocalPort $port)
        Compare-Object $first $second | Should -BeNullOrEmpty
        @($first + $second | Sort-Object -Unique) | Should -HaveCount 2
        (Get-NetTCPConnection -LocalPort $port | Sort-Object)[0].State | Should -Be 'Listen'
    }

    It 'becomes JSON and CSV of names' {
        (Get-NetTCPConnection -LocalPort $port -State Listen | ConvertTo-Json | ConvertFrom-Json).State | Should -Be 'Listen'
        (Get-NetTCPConnection -LocalPort $port -State Listen | ConvertTo-Csv | ConvertFrom-Csv).LocalPort | Should -Be $port
    }

    It 'completes ports, addresses and states' {
        (TabExpansion2 "Get-NetTCPConnection -LocalPort $port").CompletionMatches.CompletionText | Should -BeExactly "$port"
        (TabExpansion2 "Get-NetTCPConnection -LocalAddress 127.0.0.").CompletionMatches.CompletionText | Should -Contain '127.0.0.1'
        (TabExpansion2 "Get-NetTCPConnection -State Lis").CompletionMatches.CompletionText | Should -Contain 'Listen'
    }

    It 'ends early where the pipeline does' {
        @(Get-NetTCPConnection | Select-Object -First 1) | Should -HaveCount 1
    }
}
