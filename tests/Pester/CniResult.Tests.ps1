Describe 'ConvertFrom-CniResult' {
    BeforeAll {
        $file = Join-Path $TestDrive result.json
        $json = '{ "cniVersion": "1.0.0",
            "ips": [ { "address": "169.254.172.5/22", "gateway": "169.254.172.1" },
                     { "address": "fd00::ac:5/118", "gateway": "fd00::ac:1" } ],
            "routes": [ { "dst": "0.0.0.0/0" }, { "dst": "10.0.0.0/8", "gw": "169.254.172.2" }, { "dst": "::/0" } ] }'
        Set-Content $file $json
    }

    It 'reads addresses of a file with names that the cmdlets bind' {
        $read = @(ConvertFrom-CniResult $file)
        $read | Should -HaveCount 2
        $read | Should -BeOfType 'EgressNet.CniIPAddress'
        $read.IPAddress | Should -Be '169.254.172.5', 'fd00::ac:5'
        $read.PrefixLength | Should -Be 22, 118
        $read.Gateway | Should -Be '169.254.172.1', 'fd00::ac:1'
        "$($read.AddressFamily)" | Should -Be 'IPv4 IPv6'
        "$($read[0])" | Should -Be '169.254.172.5/22'
    }

    It 'gives each address the routes and gateways of its family' {
        $read = @(ConvertFrom-CniResult $file)
        $read[0].Routes.DestinationPrefix | Should -Be '0.0.0.0/0', '10.0.0.0/8'
        $read[0].Routes.NextHop | Should -Be '169.254.172.1', '169.254.172.2'
        $read[1].Routes.DestinationPrefix | Should -Be '::/0'
        $read[1].Routes.NextHop | Should -Be 'fd00::ac:1'
    }

    It 'takes the file as <_>' -ForEach 'Path', 'PSPath', 'FullName', 'LiteralPath' {
        $given = @{ $_ = $file }
        @(ConvertFrom-CniResult @given) | Should -HaveCount 2
    }

    It 'takes files by property name' {
        @(Get-Item $file | ConvertFrom-CniResult) | Should -HaveCount 2
    }

    It 'takes the text from the pipeline, whole or line by line' {
        @($json | ConvertFrom-CniResult) | Should -HaveCount 2
        @($json.Split("`n") | ConvertFrom-CniResult) | Should -HaveCount 2
    }

    It 'reads the result of version <Version>' -ForEach @(
        @{ Version = '0.2.0'
            Text = '{ "cniVersion": "0.2.0", "ip4": { "ip": "10.0.0.5/24", "gateway": "10.0.0.1",
                "routes": [ { "dst": "0.0.0.0/0" } ] } }' }
        @{ Version = '0.4.0'
            Text = '{ "cniVersion": "0.4.0", "routes": [ { "dst": "0.0.0.0/0" } ],
                "ips": [ { "version": "4", "address": "10.0.0.5/24", "gateway": "10.0.0.1" } ] }' }
        @{ Version = '1.1.0'
            Text = '{ "cniVersion": "1.1.0", "ips": [ { "address": "10.0.0.5/24", "gateway": "10.0.0.1" } ],
                "routes": [ { "dst": "0.0.0.0/0", "mtu": 1400 } ], "unknown": [ 1 ] }' }
    ) {
        $read = @($Text | ConvertFrom-CniResult)
        $read | Should -HaveCount 1
        "$read" | Should -Be '10.0.0.5/24'
        $read[0].Routes.DestinationPrefix | Should -Be '0.0.0.0/0'
    }

    It 'carries route attributes of 1.1.0 and the sandbox, to bind' {
        $read = '{ "cniVersion": "1.1.0", "interfaces": [ { "name": "eth0", "sandbox": "/run/netns/blue" } ],
            "ips": [ { "address": "10.0.0.5/24", "interface": 0 } ],
            "routes": [ { "dst": "10.9.0.0/16", "gw": "10.0.0.2", "mtu": 1400, "advmss": 1360, "priority": 7,
                "table": 100 }, { "dst": "10.8.0.0/16", "scope": 253 } ] }' | ConvertFrom-CniResult
        $read.Sandbox | Should -BeExactly '/run/netns/blue'
        $read.Gateway | Should -BeNullOrEmpty
        $read.Routes[0] | Select-Object DestinationPrefix, NextHop, RouteMetric, RouteTable, Scope, Mtu, AdvertisedMss |
            ConvertTo-Csv -NoHeader | Should -BeExactly '"10.9.0.0/16","10.0.0.2","7","100",,"1400","1360"'
        $read.Routes[1].Scope | Should -BeExactly 'Link'
        $read.Routes.Sandbox | Should -BeExactly '/run/netns/blue', '/run/netns/blue'
        ($read | ConvertTo-Csv | ConvertFrom-Csv).Routes |
            Should -BeExactly '10.9.0.0/16 via 10.0.0.2 metric 7 table 100 mtu 1400 advmss 1360, 10.8.0.0/16 scope link'
    }

    It 'gives routes without gateway the first one of their family' {
        $read = '{ "ips": [ { "address": "10.0.0.5/24" }, { "address": "10.1.0.5/24", "gateway": "10.1.0.1" } ],
            "routes": [ { "dst": "0.0.0.0/0" } ] }' | ConvertFrom-CniResult
        $read[0].Routes.NextHop | Should -Be '10.1.0.1'
    }

    It 'reads a file that somebody has locked' {
        $holder = Start-Process flock "-x $file sleep 60" -PassThru
        try {
            do { flock -n -s $file true } until ($LASTEXITCODE -ne 0)
            @(ConvertFrom-CniResult $file) | Should -HaveCount 2
        }
        finally {
            Stop-Process $holder
        }
    }

    It 'reads a chained configuration as the result before' {
        $read = '{ "name": "pods", "type": "egress", "prevResult": { "ips": [ { "address": "10.0.0.5/24" } ] } }' |
            ConvertFrom-CniResult
        "$read" | Should -BeExactly '10.0.0.5/24'
    }

    It 'comes back from CSV, also without routes' {
        $rows = '{ "ips": [ { "address": "10.0.0.5/24", "gateway": "10.0.0.1" } ] }' | ConvertFrom-CniResult |
            ConvertTo-Csv | ConvertFrom-Csv
        $rows.Routes | Should -BeExactly ''
        { $rows | New-ContainerEgress c1 no-such-namespace -ErrorAction Stop } |
            Should -Throw -ErrorId 'NetNamespaceNotFound,*'
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'what is not JSON'; Text = 'ips: []'; Told = '*not JSON*' }
        @{ What = 'a list'; Text = '[]'; Told = '*JSON object*list*' }
        @{ What = 'a CNI error'; Text = '{ "code": 7, "msg": "no addresses left" }'
            Told = '*7*no addresses left*' }
        @{ What = 'a result without addresses'; Text = '{ "cniVersion": "1.0.0", "ips": [] }'
            Told = '*no addresses*' }
        @{ What = 'another document'; Text = '{ "name": "x" }'; Told = '*no addresses*' }
        @{ What = 'a route field that nobody honours'
            Text = '{ "ips": [ { "address": "10.0.0.5/24", "gateway": "10.0.0.1" } ],
                "routes": [ { "dst": "0.0.0.0/0", "src": "10.0.0.5" } ] }'
            Told = '*routes`[0`].src*' }
        @{ What = 'half a surrogate pair'; Text = '{ "ips": [ { "address": "\ud800" } ] }'; Told = '*Unicode*' }
        @{ What = 'a CNI error with details'
            Text = '{ "code": 7, "msg": "none left", "details": "10.0.0.0/30 is used up" }'
            Told = '*7*none left*10.0.0.0/30 is used up*' }
        @{ What = 'an address and a gateway of two families'
            Text = '{ "ips": [ { "address": "10.0.0.5/24", "gateway": "fd00::1" } ] }'
            Told = '*10.0.0.5/24*fd00::1*' }
        @{ What = 'an address without length'
            Text = '{ "ips": [ { "address": "10.0.0.5", "gateway": "10.0.0.1" } ] }'
            Told = '*ips*address*10.0.0.5*' }
        @{ What = 'a length of 33'; Text = '{ "ips": [ { "address": "10.0.0.5/33", "gateway": "10.0.0.1" } ] }'
            Told = '*10.0.0.5/33*' }
        @{ What = 'a number for an address'; Text = '{ "ips": [ { "address": 5, "gateway": "10.0.0.1" } ] }'
            Told = '*address*5*' }
        @{ What = 'text for the list'; Text = '{ "ips": "10.0.0.5/24" }'; Told = '*ips*' }
        @{ What = 'a bad route'
            Text = '{ "ips": [ { "address": "10.0.0.5/24", "gateway": "10.0.0.1" } ], "routes": [ { "dst": "x" } ] }'
            Told = '*dst*x*' }
    ) {
        $fault = { $Text | ConvertFrom-CniResult -ErrorAction Stop } |
            Should -Throw -ErrorId 'InvalidCniResult,*' -PassThru
        $fault.Exception.Message | Should -BeLike $Told
        $bad = Join-Path $TestDrive bad.json
        Set-Content $bad $Text
        $fault = { ConvertFrom-CniResult $bad -ErrorAction Stop } |
            Should -Throw -ErrorId 'InvalidCniResult,*' -PassThru
        $fault.Exception.Message | Should -BeLike "*$bad*"
        $fault.TargetObject | Should -Be $bad
    }

    It 'reads a file in <Name>, byte order mark: <Mark>' -ForEach @(
        foreach ($mark in $true, $false) {
            @{ Name = 'UTF-8'; Mark = $mark; Encoding = [System.Text.UTF8Encoding]::new($mark) }
            @{ Name = 'UTF-16 LE'; Mark = $mark; Encoding = [System.Text.UnicodeEncoding]::new($false, $mark) }
            @{ Name = 'UTF-16 BE'; Mark = $mark; Encoding = [System.Text.UnicodeEncoding]::new($true, $mark) }
        }
    ) {
        $text = '{"ips":[{"address":"10.1.0.5/24","gateway":"10.1.0.1"}]}'
        $encoded = Join-Path $TestDrive encoded.json
        [System.IO.File]::WriteAllText($encoded, $text, $Encoding)
        (ConvertFrom-CniResult $encoded).IPAddress | Should -Be '10.1.0.5'
    }

    It 'reads a text that begins with a byte order mark' {
        $lines = [char] 0xfeff + '{"ips":', '[{"address":"10.1.0.5/24"}]}'
        ($lines | ConvertFrom-CniResult).IPAddress | Should -Be '10.1.0.5'
    }

    It 'reads the files behind one whose text is not Unicode' {
        $bad = Join-Path $TestDrive half.json
        Set-Content $bad '{ "ips": [ { "address": "\ud800" } ] }'
        $read = $bad, $file | Get-Item | ConvertFrom-CniResult -ErrorAction SilentlyContinue -ErrorVariable fault
        $read | Should -HaveCount 2
        $fault.FullyQualifiedErrorId | Should -Be 'InvalidCniResult,EgressNet.Commands.ConvertFromCniResultCommand'
    }

    It 'is an error for a file that cannot be read, and goes on' {
        $none = Join-Path $TestDrive none.json
        $read = $file, $none, $file | ForEach-Object { [pscustomobject]@{ Path = $_ } } |
            ConvertFrom-CniResult -ErrorAction SilentlyContinue -ErrorVariable fault
        $read | Should -HaveCount 4
        $fault | Should -HaveCount 1
        $fault.FullyQualifiedErrorId | Should -Be 'CniResultUnreadable,EgressNet.Commands.ConvertFromCniResultCommand'
        $fault.TargetObject | Should -Be $none
    }

    It 'stops while it waits for a pipe that nobody writes to' {
        $pipe = Join-Path $TestDrive 'pipe'
        mkfifo $pipe
        $session = [powershell]::Create()
        $null = $session.AddScript({
                param($Module, $Path)
                Import-Module $Module
                ConvertFrom-CniResult -Path $Path
            }).AddArgument("$((Get-Module EgressNet).ModuleBase)/EgressNet.psd1").AddArgument($pipe)
        $null = $session.BeginInvoke()
        # Waits for the reader.
        $writer = [System.IO.File]::OpenWrite($pipe)
        try {
            $session.BeginStop($null, $null).AsyncWaitHandle.WaitOne(20000) | Should -BeTrue
        }
        finally {
            $writer.Dispose()
            $session.Dispose()
        }
    }
}
